// Script: where the browser is and what the page says now. No arguments.
const SAID = 300; // characters of one announcement; longer ones are whole page parts marked as live regions
const GOOD = /(^|[\s_-])(success|info|confirmation|ok)([\s_-]|$)/i;
const announcements = (selector) =>
  everything(document, selector).filter((e) => visible(e) && !query(e, CONTROLS).length)
    .map((e) => ({ text: squeeze(e.innerText ?? textOf(e)), good: GOOD.test(attribute(e, "class")) }))
    .filter(({ text }) => text && text.length <= SAID);

const alerts = announcements("[role=alert], [role=alertdialog], [aria-live=assertive]");
// Many pages say "saved" in a box that only its classes tell from others: a message, and one of success.
const BOXES = /(^|[\s_-])(alert|messages?|message-?list|flash|notices?|notifications?|toast|snackbar)([\s_-]|$)/i;
const SUCCEEDED = /(^|[\s_-])success([\s_-]|$)/i;
const confirmed = query(document, "[class*=success i]").filter((e) =>
  is(e, "div, p, li, section") && SUCCEEDED.test(attribute(e, "class")) && BOXES.test(`${attribute(e, "class")} ${attribute(parentOf(e), "class")}`) &&
  visible(e) && !query(e, `${CONTROLS}, [role=status], [role=alert]`).length)
  .map((e) => ({ text: squeeze(textOf(e)), good: true })).filter(({ text }) => text && text.length <= SAID);
const statuses = [...announcements("[role=status], output, [aria-live=polite]"), ...confirmed];
const said = (list) => [...new Set(list.map(({ text }) => text))];

const shownFields = groupFields(everything(document, CONTROLS).filter(fillable));
const around = new Map();
for (const control of shownFields.flat()) {
  for (const outer of ancestorsOf(control)) around.set(outer, (around.get(outer) || 0) + 1);
}
const userInvalid = (control) => {
  try {
    return is(control, ":user-invalid");
  } catch {
    return false; // a browser without the selector shows its own bubble only
  }
};
const beside = neighbourFinder(bodyOf(document) || rootElementOf(document), shownFields, around);
const complaints = shownFields
  .map((field) => [field, errorOf(field, around) || (field.some(userInvalid) ? invalidity(field) : "")])
  .filter(([, message]) => message)
  .map(([field, message]) => [labelOf(field, around, beside).text, message]);

const latest = registry.snapshots.get(registry.latest);
const heading = everything(document, "h1, [role=heading][aria-level='1']").find((e) => visible(e) && textOf(e)) ||
  everything(document, "h2").find((e) => visible(e) && textOf(e));
const [navigation] = performance.getEntriesByType("navigation");
return {
  url: window.location.href,
  title: squeeze(pageTitleOf(document)),
  document: registry.token,
  ready: document.readyState === "complete",
  heading: heading ? textOf(heading) : "",
  alerts: said(alerts.filter(({ good }) => !good)),
  statuses: said([...alerts.filter(({ good }) => good), ...statuses]),
  field_errors: complaints,
  http_status: (navigation && navigation.responseStatus) || 0,
  form_shown: Boolean(latest && connected(latest.scope) && visible(latest.scope)),
};
