// A Gantt chart may write its dates as the browser's `new Date("…")` reads them. Chromium takes much for a date that
// QuickJS refuses, and the other way round; what is no plain ISO date is therefore read here, by Chromium's rules.
(() => {
  const Native = Date;
  const plain = /^\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
  const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const zones = {utc: 0, gmt: 0, ut: 0, z: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7};
  const limits = [24, 60, 60, 1000];  // of hours, minutes, seconds, thousandths
  const isDay = (number) => number >= 1 && number <= 31;

  function read(text) {
    const iso = /^(\d{4})(?!\d)(?:-(?:(0[1-9]|1[0-2])(?!\d)(?:-(?:(0[1-9]|[12]\d|3[01])(?!\d))?)?)?)?/.exec(text);
    const rest = iso ? text.slice(iso[0].length) : text;
    const tokens = rest.replace(/\([^()]*\)?/g, " ").match(/\d+|[A-Za-z]+|\s+|[^]/g) || [];
    const day = iso ? iso.slice(1).filter(Boolean).map(Number) : [], time = [];
    let named = 0, half = 0, zone = null, timed = false, numbered = iso !== null;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at], next = tokens[at + 1];
      if (/^\d/.test(token)) {
        const number = Number(token);
        numbered = true;
        if (next === ":") {
          if (timed || time.length > 3) return null;
          time.push(number);
          at++;
        } else if (!timed && time.length && time.length < 4 && number < limits[time.length]) {
          time.push(number);
          if (time.length === 3 && next === "." && /^\d/.test(tokens[at + 2])) {
            time.push(Math.floor(Number("0." + tokens[at + 2]) * 1000));
            at += 2;
          }
          timed = true;
          if (tokens[at + 1] !== undefined && !/^(\s+|[zZ]|[+-])$/.test(tokens[at + 1])) return null;
        } else {
          if (day.length === 3) return null;
          day.push(number);
          if (next === "-") at++;
        }
      } else if (/^[A-Za-z]/.test(token)) {
        const word = token.toLowerCase(), month = months.indexOf(word.slice(0, 3)) + 1;
        if (/^[ap]m$/.test(word) && time.length) half = word;
        else if (month) {
          named = month;
          if (next === "-") at++;
        } else if (word in zones && numbered) zone = zones[word] * 60;
        else if (numbered || /^\d/.test(next || "")) return null;  // other words come first, or never
      } else if (/[+-]/.test(token) && (zone === 0 || time.length)) {
        const digits = /^\d/.test(next || "") ? next : "";
        if (!digits || digits.length > 4) return null;
        let hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
        let minutes = digits.length > 2 ? Number(digits.slice(-2)) : 0;
        at++;
        if (tokens[at + 1] === ":" && /^\d/.test(tokens[at + 2] || "")) minutes = Number(tokens[at += 2]);
        zone = (token === "-" ? -1 : 1) * (hours * 60 + minutes);
        numbered = true;
      } else if (/[+\-)]/.test(token) && numbered) return null;
    }
    return {iso: iso !== null && day.length === 3 && iso[3] !== undefined, day, time, named, half, zone};
  }

  function moment(text) {
    const found = read(text);
    if (!found || !found.day.length) return NaN;
    const {iso, day, time, named, half, zone} = found;
    while (day.length < 3) day.push(1);
    let year, month, date;
    if (named) {
      month = named;
      [date, year] = isDay(day[0]) ? day : [day[1], day[0]];
    } else if (!iso && isDay(day[0])) [month, date, year] = day;
    else [year, month, date] = day;
    if (!iso && year < 100) year += year < 50 ? 2000 : 1900;
    while (time.length < 4) time.push(0);
    if (half) {
      if (time[0] > 12) return NaN;
      time[0] = time[0] % 12 + (half === "pm" ? 12 : 0);
    }
    const midnight = time[0] === 24 && !time[1] && !time[2] && !time[3];
    const late = !midnight && time.some((part, at) => part >= limits[at]);
    if (month < 1 || month > 12 || !isDay(date) || late) return NaN;
    if (zone !== null) return Native.UTC(year, month - 1, date, ...time) - zone * 60000;
    return new Native(year, month - 1, date, ...time).getTime();
  }

  globalThis.Date = class Date extends Native {
    constructor(...given) {
      const [text] = given;
      const written = given.length === 1 && typeof text === "string";
      const easy = !written || (plain.test(text.trim()) && !isNaN(Native.parse(text)));
      super(...(easy ? given : [moment(text.trim())]));
    }
  };
})();
