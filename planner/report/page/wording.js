// How dates, efforts, shares and counts are said: as in planner/report/wording.py, which a test compares.
const Wording = (() => {
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MILLISECONDS = 86400000;
  const DAYS_PER_WEEK = 5;

  // Days are counted from 1970-01-01, so that they can be added and drawn.
  const count_day = (iso) => (iso ? Date.parse(iso + "T00:00:00Z") / MILLISECONDS : null);
  const parts = (number) => new Date(number * MILLISECONDS);
  const iso = (number) => parts(number).toISOString().slice(0, 10);
  const weekday = (number) => parts(number).getUTCDay();

  let year = 0;
  const setYear = (iso_day) => {
    year = Number(iso_day.slice(0, 4));
  };

  function day(value) {
    if (!value) return "–";
    const [y, m, d] = value.split("-").map(Number);
    return `${d} ${MONTHS[m - 1]}${y === year ? "" : ` ${y}`}`;
  }

  function fullDay(value) {
    const [y, m, d] = value.split("-").map(Number);
    return `${WEEKDAYS[weekday(count_day(value))]} ${d} ${MONTHS[m - 1]} ${y}`;
  }

  // A day as other days are said, a month by its name, anything longer as it was typed.
  function target({ last, precision, text }) {
    if (precision === "day") return day(last);
    return precision === "month" ? `${MONTHS[Number(last.slice(5, 7)) - 1]} ${last.slice(0, 4)}` : text;
  }

  const span = (first, last) => (first === last ? day(first) : `${day(first)} – ${day(last)}`);
  const grouped = (text) => text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

  // Python rounds an exact half to the even digit, toFixed away from zero; with one digit only .25 differs.
  function fixed(value, digits) {
    const even = digits ? (Math.abs(value) * 4) % 4 === 1 : Math.abs(value) % 2 === 0.5;
    return (even ? value - Math.sign(value) * (digits ? 0.05 : 0.5) : value).toFixed(digits);
  }

  function number(value) {
    const text = grouped(fixed(value, 1)).replace(/\.0$/, "");
    return text === "-0" ? "0" : text;
  }

  function weeks(days) {
    if (days > 0 && days < 0.1 * DAYS_PER_WEEK) return "under 0.1 engineer-weeks";
    const amount = number(days / DAYS_PER_WEEK);
    return `${amount} engineer-week${amount === "1" ? "" : "s"}`;
  }

  function percent(share) {
    const scaled = share * 100;
    if (scaled > 0 && scaled < 0.1) return "under 0.1 %";
    return `${Math.abs(scaled) < 9.95 ? number(scaled) : grouped(fixed(scaled, 0))} %`;
  }

  function count(amount, noun) {
    if (amount === 1) return `1 ${noun}`;
    const plural = /[^aeiou]y$/.test(noun)
      ? `${noun.slice(0, -1)}ies`
      : `${noun}${/(ch|sh|s|x)$/.test(noun) ? "es" : "s"}`;
    return `${grouped(String(amount))} ${plural}`;
  }

  return {
    DAYS_PER_WEEK,
    MONTHS,
    count,
    count_day,
    day,
    fullDay,
    grouped,
    iso,
    number,
    parts,
    percent,
    setYear,
    span,
    target,
    weekday,
    weeks,
  };
})();
