// Date and time fields of more than one piece. Part of every script: uses dom.js and trees.js.
//
// Two shapes are common among component libraries: a group of spin buttons, one for each of day, month, year, hour, minute; and a picker for
// a range with one text box for each end.
const SEGMENTED = "[role=group]:has([role=spinbutton])";
const RANGED = /range/i;
const OF_DATES = /picker|date|calendar/i;
const [LAST_MONTH, LAST_HOUR, LAST_MINUTE, LEAST_YEAR] = [12, 23, 59, 1000];
const MONTHS_NAME = /month|mon(at)?\b|mois|mes\b|kuukausi|månad|月/i;

/** What a segment is for, by the numbers that it takes: they are the same in every language. Twelve can be a month or an hour. */
const segmentPart = (segment, hasDate) => {
  const least = Number(attribute(segment, "aria-valuemin"));
  const most = Number(attribute(segment, "aria-valuemax"));
  const words = `${attribute(segment, "aria-label")} ${attribute(segment, "data-type")} ${attribute(segment, "data-segment")}`;
  if (!has(segment, "aria-valuemax") || /day-?period|meridiem|am.?pm/i.test(words)) return "half";
  if (most >= LEAST_YEAR) return "year";
  if (most === LAST_MINUTE) return "minute";
  if (most === LAST_HOUR || (most === LAST_MONTH - 1 && least === 0)) return "hour";
  if (most === LAST_MONTH) return MONTHS_NAME.test(words) || !hasDate ? "month" : "hour";
  return most >= 28 && most <= 31 ? "day" : "";
};

/** The segments of a group as [part, element], empty where they make up neither a date nor a time of day. */
const segmentsOf = (group) => {
  const buttons = is(group, "[role=group]") ? query(group, "[role=spinbutton]").filter((e) => tagOf(e) !== "input") : [];
  if (buttons.length < 2) return [];
  const found = [];
  for (const button of buttons) {
    const had = found.map(([part]) => part);
    let part = segmentPart(button, had.includes("month"));
    // Without a day or a year beside it, twelve before minutes are hours.
    if (part === "month" && !MONTHS_NAME.test(attribute(button, "aria-label")) && !buttons.some((e) => Number(attribute(e, "aria-valuemax")) >= 28 && Number(attribute(e, "aria-valuemax")) <= 31)) part = "hour";
    if (part === "minute" && had.includes("minute")) part = "second";
    found.push([part, button]);
  }
  const parts = found.map(([part]) => part);
  const whole = new Set(parts).size === parts.length && !parts.includes("");
  const dated = ["year", "month", "day"].every((part) => parts.includes(part));
  const timed = parts.includes("hour") && parts.includes("minute");
  return whole && (dated || timed) ? found : [];
};

/** What the segments hold as ISO 8601, the text of them where some are empty, and nothing where all are. */
const segmentedValue = (segments) => {
  const numbers = Object.fromEntries(segments.map(([part, e]) => [part, attribute(e, "aria-valuenow")]));
  const half = segments.find(([part]) => part === "half");
  const halfText = half ? squeeze(half[1].textContent || "") : "";
  const asked = segments.filter(([part]) => part !== "half").map(([part]) => numbers[part]);
  const emptyHalf = half && !has(half[1], "aria-valuenow") && !/^[\p{L}.]+$/u.test(attribute(half[1], "aria-valuetext").replace(/^empty$/i, ""));
  if (asked.every((text) => text === "")) return "";
  if (asked.includes("") || emptyHalf) return squeeze(segments.map(([, e]) => e.textContent).join(" "));
  const two = (text) => String(text).padStart(2, "0");
  const afternoon = half && (attribute(half[1], "aria-valuenow") === "1" || /^p/i.test(halfText));
  const hour = half ? (Number(numbers.hour) % LAST_MONTH) + (afternoon ? LAST_MONTH : 0) : numbers.hour;
  const day = numbers.year && `${String(numbers.year).padStart(4, "0")}-${two(numbers.month)}-${two(numbers.day)}`;
  const time = numbers.hour && [hour, numbers.minute, ...(numbers.second ? [numbers.second] : [])].map(two).join(":");
  return [day, time].filter(Boolean).join("T");
};

/** The two text boxes of a picker for a range of dates, else none. */
const endsOf = (input) => {
  const around = ancestorsOf(input).slice(0, 4).filter((e) => !is(e, "form, fieldset, body, html, table, tr"));
  const ranged = around.find((e) => RANGED.test(attribute(e, "class")) && OF_DATES.test(attribute(e, "class")));
  if (!ranged) return [];
  const boxes = query(ranged, "input:not([type]), input[type=text i], input[type='' i]");
  return boxes.length === 2 && boxes.includes(input) ? boxes : [];
};
