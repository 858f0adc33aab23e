// Script: hands out the element behind a number, scrolled into view. Arguments: the snapshot's id, "fields" or "buttons", the number,
// and whether a text in it is to be selected, so that the next key replaces it.
const [holderId, list, number, select] = arguments;
const holder = snapshotOf(holderId);
if (!holder) return { gone: true };
const [element] = [(list === "fields" ? (holder.fields[number - 1] || [])[0] : holder.buttons[number - 1])];
if (!element || !connected(element)) return { missing: true };
Element.prototype.scrollIntoView.call(element, { block: "center", inline: "nearest", behavior: "instant" });
if (select) {
  HTMLElement.prototype.focus.call(element, { preventScroll: true });
  if (kindOf(element) === "contenteditable") windowOf(element).getSelection().selectAllChildren(element);
  else if (typeof element.select === "function") element.select();
}
return {
  element,
  kind: list === "fields" ? kindOf(element) : "",
  readonly: list === "fields" && (isReadonly(element) || isDisabled(element)),
  disabled: isDisabled(element),
  empty: list === "fields" && (element.value === "" || (kindOf(element) === "contenteditable" && !editorText(element))),
};
