"""How long and how hard a text is: three scores of the field, computed here and offline.

With w words, s sentences, y syllables and c characters (letters and digits) of the sentences:

- Flesch reading ease: 206.835 - 1.015 w/s - 84.6 y/w. R. Flesch, "A new readability yardstick", Journal of Applied
  Psychology 32(3), 1948.
- Flesch-Kincaid grade: 0.39 w/s + 11.8 y/w - 15.59. J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom,
  "Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975.
- Automated readability index: 4.71 c/w + 0.5 w/s - 21.43. E. A. Smith, R. J. Senter, "Automated Readability Index",
  AMRL-TR-66-220, 1967.

Reading time counts every word that is read, headings and tables included.
"""

from planner.decisions.syllables import syllables
from planner.decisions.text import WORD, Document
from planner.domain.prose import Readability

WORDS_PER_MINUTE = 1700 / 15


def readability(document: Document) -> Readability:
    """The measures of a document; scores only where it has a sentence. A digit is a syllable."""
    read = sum(len(WORD.findall(passage.own)) for passage in document.passages)
    sentences = [[match.group() for match in sentence.words] for sentence in document.sentences]
    words = [word for sentence in sentences for word in sentence]
    minutes = read / WORDS_PER_MINUTE
    if not words:
        return Readability(read, 0, minutes)
    length = len(words) / len(sentences)
    spoken = sum(map(syllables, words)) / len(words)
    letters = sum(character.isalnum() for word in words for character in word) / len(words)
    return Readability(
        read,
        len(sentences),
        minutes,
        flesch=206.835 - 1.015 * length - 84.6 * spoken,
        grade=0.39 * length + 11.8 * spoken - 15.59,
        ari=4.71 * letters + 0.5 * length - 21.43,
    )
