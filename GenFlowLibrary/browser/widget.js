// Script: looks at one widget. Arguments: the snapshot's id, the field's number, and whether this is the first look, which notes what is
// shown already, so that what the widget opens can be told from it.
const [holderId, number, first] = arguments;
const holder = snapshotOf(holderId);
if (!holder) return { gone: true };
const [control] = holder.fields[number - 1] || [];
if (!control || !connected(control)) return { missing: true };
if (first || !registry.widget || registry.widget.control !== control) registry.widget = { control, before: shownPopups() };

if (registry.guard) {
  window.removeEventListener("submit", registry.guard, true);
  registry.guard = null;
}
const popups = opened(control, registry.widget.before);
const calendars = ["datepicker", "timepicker"].includes(widgetKind(control)) ? popups.map(calendarParts) : [];
const parts = [...partsOf(control, popups), ...calendars.flatMap((calendar) => calendar.parts)];
registry.widget.parts = parts.map(({ element }) => element);
registry.widget.popups = popups;

const typing = typingIn(control) || searchIn(control, popups);
const busy = [control, ...popups].some((e) => attribute(e, "aria-busy") === "true" || query(e, "[aria-busy=true], [class*=loading i], [class*=spinner i]").some(visible));
return {
  values: shownIn(control),
  text: typing ? typing.value ?? squeeze(textOf(typing)) : "",
  open: popups.length > 0,
  busy,
  editable: Boolean(typing) && !isReadonly(typing),
  multiple: isMultiple(control),
  caption: calendars.map(({ caption }) => caption).find(Boolean) || "",
  parts: parts.map(({ element, ...data }, index) => ({ number: index + 1, ...data })),
};
