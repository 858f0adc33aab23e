// Script: looks at one widget. Arguments: the snapshot's id, the field's number, whether this is the first look, which notes what is
// shown already, so that what the widget opens can be told from it, and how its open list is scrolled first: "further", "top" or not.
const [holderId, number, first, scroll] = arguments;
const holder = snapshotOf(holderId);
if (!holder) return { gone: true };
const [control] = holder.fields[number - 1] || [];
if (!control || !connected(control)) return { missing: true };
if (first || !registry.widget || registry.widget.control !== control) registry.widget = { control, before: shownPopups() };

if (registry.guard) {
  window.removeEventListener("submit", registry.guard, true);
  registry.guard = null;
}
watchRequests(windowOf(control));
// What a press or a key leads to, a page often does with its next frame: closing a list, say. Until then it shows what is over already.
// A window that is out of sight draws none.
const DRAWN_WITHIN = 500; // milliseconds: 20 as a rule, more on a busy machine
if (registry.frame === "due") {
  const asked = { until: performance.now() + DRAWN_WITHIN };
  registry.frame = asked;
  windowOf(control).requestAnimationFrame(() => { asked.until = 0; });
}
const popups = opened(control, registry.widget.before);
const calendars = ["datepicker", "timepicker"].includes(widgetKind(control)) ? popups.map(calendarParts) : [];
const parts = [...partsOf(control, popups), ...calendars.flatMap((calendar) => calendar.parts)];
registry.widget.parts = parts.map(({ element }) => element);
registry.widget.popups = popups;

const scroller = scrollerIn(popups);
if (scroller && scroll) scroller.scrollTop = scroll === "top" ? 0 : scroller.scrollTop + Math.max(scroller.clientHeight - 40, 20);

const typing = typingIn(control) || searchIn(control, popups);
const busy = [control, ...popups].some((e) => attribute(e, "aria-busy") === "true" || query(e, "[aria-busy=true], [class*=loading i], [class*=spinner i]").some(visible));
return {
  values: shownIn(control),
  text: typing ? typing.value ?? squeeze(textOf(typing)) : "",
  open: popups.length > 0,
  busy,
  editable: Boolean(typing) && !typing.readOnly && !isReadonly(typing),
  multiple: isMultiple(control),
  more: Boolean(scroller) && scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 2,
  asked: registry.requests.asked,
  waiting: registry.requests.open > 0 || performance.now() < registry.requests.until,
  drawing: Boolean(registry.frame) && !document.hidden && performance.now() < registry.frame.until,
  caption: calendars.map(({ caption }) => caption).find(Boolean) || "",
  parts: parts.map(({ element, ...data }, index) => ({ number: index + 1, ...data })),
};
