// Script: sees a form. Arguments: the form's element, null for the main form, or "frame" for what this frame adds to the page around it (its
// main form, else all of it); the id of the new snapshot; and, to read fields back in
// the same look, the id of the snapshot they were set by, settings as [{number, value, secret}].
const [chosenScope, snapshotId, readId, readSettings] = arguments;
const earlier = readId ? snapshotOf(readId) : null;
if (readId && !earlier) return { gone: true };
const given = typeof chosenScope === "string" ? null : chosenScope;
for (const element of given ? [given, ...ancestorsOf(given)] : []) aroundTheChosen.add(element);
const main = given ? { scope: pageIn(given) } : mainForm();
if (main.tie && chosenScope !== "frame") return { tie: main.tie };
const scope = main.tie ? bodyOf(document) : main.scope;

const candidates = controlsOf(scope).filter(isEditor);
const seen = candidates.filter(fillable);
const hidden = candidates.length - seen.length + everything(scope, "input[type=hidden i]").length;
const fields = groupFields(seen);

const holders = new Map();
for (const control of seen) {
  for (const outer of ancestorsOf(control)) holders.set(outer, (holders.get(outer) || 0) + 1);
}
const textScope = seen.length ? ancestorsOf(seen[0]).find((e) => holders.get(e) === seen.length) || scope : scope;
const neighbour = neighbourFinder(contains(textScope, scope) ? textScope : scope, fields, holders);
const sectionOf = sectionFinder(scope, holders);

const CONSTRAINTS = ["pattern", "min", "max", "step", "minlength", "maxlength", "accept"];
const ARIA_LIMITS = [["min", "aria-valuemin"], ["max", "aria-valuemax"]];
const constraintsOf = (control) => Object.fromEntries([
  ...(["spinbutton", "slider"].includes(widgetKind(control)) ? ARIA_LIMITS : [])
    .filter(([, name]) => has(control, name)).map(([limit, name]) => [limit, attribute(control, name)]),
  ...(is(control, SEGMENTED) && widgetKind(control) ? [["parts", segmentsOf(control).map(([name]) => name).join(" ")]] : []),
  ...CONSTRAINTS.filter((name) => has(control, name)).map((name) => [name, attribute(control, name)]),
]);

const cardOf = (field, index) => {
  const [first] = field;
  const label = labelOf(field, holders, neighbour);
  const error = errorOf(field, holders);
  return {
    number: index + 1,
    kind: kindOf(first),
    label: label.text,
    label_source: label.source,
    section: sectionOf(field, label.text),
    name: attribute(first, "name") || attribute(behind(first) || first, "name"),
    id: field.length === 1 ? attribute(first, "id") : "",
    autocomplete: attribute(first, "autocomplete"),
    placeholder: squeeze(attribute(first, "placeholder")),
    title: squeeze(attribute(first, "title")),
    hint: hintOf(field),
    required: label.required || field.some((c) => Boolean(c.required) || attribute(c, "aria-required") === "true") ||
      ancestorsOf(first).some((e) => is(e, "[role=radiogroup][aria-required=true]")),
    readonly: field.every(isReadonly),
    disabled: field.every(isDisabled),
    empty: isEmpty(field),
    value: valueOf(field),
    error,
    options: optionsOf(field),
    multiple: Boolean(first.multiple) || isMultiple(first),
    aside: keptForBrowsers(first),
    constraints: constraintsOf(first),
    frame: framePath(first),
  };
};

const BUTTONS = "button, input[type=submit i], input[type=button i], input[type=image i], input[type=reset i], [role=button]";
const buttonKind = (button) => {
  if (tagOf(button) === "a") return "link";
  return ["submit", "image", "reset"].includes(button.type) ? button.type : "button";
};
const buttonLabel = (button) => {
  const own = tagOf(button) === "input" ? (button.type === "image" ? attribute(button, "alt") : button.value) : textOf(button);
  const native = { submit: "Submit", reset: "Reset" }[button.type];
  return squeeze(own) || squeeze(ariaName(button)[0]) || attribute(button, "title") || (tagOf(button) === "input" && native) || "";
};
const pressable = (button) => visible(button) && !is(button, CONTROLS);
const owned = everything(scope, BUTTONS);
if (tagOf(scope) === "form") {
  owned.push(...query(rootOf(scope), "button, input").filter((b) => b.form === scope && is(b, BUTTONS) && !owned.includes(b)));
}
const inForm = owned.filter(pressable);
const buttons = inForm.length ? inForm : everything(document, BUTTONS).filter(pressable);

const frames = closedFrames(scope);
remember(snapshotId, { scope, fields, buttons, frames }, [...seen, ...buttons, ...frames]);

return {
  document: registry.token,
  url: window.location.href,
  title: squeeze(pageTitleOf(document)),
  scope: titleOf(scope) || locatorOf(scope),
  language: attribute([scope, ...ancestorsOf(scope)].find((e) => has(e, "lang")) || rootElementOf(document), "lang"),
  fields: fields.map(cardOf),
  buttons: buttons.map((button, index) => ({
    number: index + 1,
    label: buttonLabel(button),
    kind: buttonKind(button),
    disabled: isDisabled(button),
    in_form: inForm.length > 0,
    frame: framePath(button),
  })),
  frames: frames.map((frame, index) => ({
    number: index + 1,
    title: [framePath(frame), frameTitle(frame)].filter(Boolean).join(" / "),
    before: fields.filter(([control]) => precedes(control, frame)).length,
  })),
  left_out: hidden,
  folded: foldedIn(scope).flatMap(({ part }) => query(part, CONTROLS)).filter((control) => !seen.includes(control)).slice(0, MOST_FOLDED).map(nameOfFolded).filter(Boolean),
  readings: earlier ? readAgain(earlier, readSettings) : [],
};
