// Script: hands out the element of a widget that is to be pressed or typed into, scrolled into view. Arguments: the snapshot's id, the
// field's number, the part's number from the latest look, or 0 for where keys go, and whether Enter is among the keys: in a plain text box it
// would send the form, so sending is held back until the next look.
const [holderId, number, wantedPart, enters] = arguments;
const holder = snapshotOf(holderId);
if (!holder) return { gone: true };
const [control] = holder.fields[number - 1] || [];
const looked = registry.widget;
if (!control || !connected(control) || !looked || looked.control !== control) return { missing: true };

const activeOf = () => {
  let active = document.activeElement;
  while (active && shadowOf(active) && shadowOf(active).activeElement) active = shadowOf(active).activeElement;
  return active;
};
/** Keys go to the text box of the widget, or to the search box of what it opened, or to the part that has the focus, or to the widget. */
const keyTarget = () => {
  const typing = typingIn(control);
  if (typing) return typing;
  const search = searchIn(control, looked.popups);
  if (search) return search;
  const active = activeOf();
  if (active && active !== bodyOf(document) && [control, ...looked.popups].some((e) => e === active || contains(e, active))) return active;
  return control;
};
const element = wantedPart ? looked.parts[wantedPart - 1] : keyTarget();
if (!element || !connected(element)) return { missing: true };
if (enters && !registry.guard) {
  registry.guard = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  window.addEventListener("submit", registry.guard, true);
}
registry.frame = "due";
Element.prototype.scrollIntoView.call(element, { block: "nearest", inline: "nearest", behavior: "instant" });
return { element };
