// Script: sets fields. Arguments: the snapshot's id, settings as [{number, value, secret}].
// Each control gets what a person's typing gives it: focus, beforeinput, the value by the browser's own setter (so that
// frameworks which watch the property notice), input, change, blur.
const [setId, settings] = arguments;
const target = snapshotOf(setId);
if (!target) return { gone: true };

const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;
const writers = {
  input: setter(HTMLInputElement.prototype, "value"),
  textarea: setter(HTMLTextAreaElement.prototype, "value"),
};
const pickOption = setter(HTMLOptionElement.prototype, "selected");
const pickIndex = setter(HTMLSelectElement.prototype, "selectedIndex");

const fire = (control, event) => EventTarget.prototype.dispatchEvent.call(control, event);
const plain = (control, name) => fire(control, new Event(name, { bubbles: true }));
const input = (control, name, data) =>
  fire(control, new InputEvent(name, { bubbles: true, composed: true, cancelable: name === "beforeinput", inputType: "insertText", data }));

/** Does something that moves the focus, and tells whether a control heard of it. */
const heard = (control, name, move) => {
  let told = !control;
  const hear = () => { told = true; };
  if (control) control.addEventListener(name, hear);
  const others = move();
  if (control) control.removeEventListener(name, hear);
  return [told, others];
};
const focusEvents = (control, names) =>
  names.forEach((name, i) => fire(control, new FocusEvent(name, { bubbles: i === 1, composed: true })));

/** Moves the focus on, as Tab does: the control before loses it. Where the window has no focus the browser fires no events; then we do. */
let focused = null;
const focus = (control) => {
  const [left, [entered]] = heard(focused, "blur", () =>
    heard(control, "focus", () => (control || focused) && HTMLElement.prototype[control ? "focus" : "blur"].call(control || focused, { preventScroll: true })));
  if (!left) focusEvents(focused, ["blur", "focusout"]);
  if (!entered) focusEvents(control, ["focus", "focusin"]);
  focused = control;
};

const setText = (control, value) => {
  if (!input(control, "beforeinput", value)) return;
  writers[tagOf(control)].call(control, value);
  input(control, "input", value);
  plain(control, "change");
};

const setEditor = (control, value) => {
  const selection = windowOf(control).getSelection();
  selection.selectAllChildren(control);
  // The editing command is the one way that editors take for typing: it fires their beforeinput and input events itself.
  if (!documentOf(control).execCommand("insertText", false, value)) {
    if (!input(control, "beforeinput", value)) return;
    control.textContent = value;
    input(control, "input", value);
  }
};

const setSelect = (control, values) => {
  const options = Array.from(control.options);
  if (control.multiple) {
    for (const option of options) pickOption.call(option, values.includes(option.value));
  } else {
    const wanted = options.findIndex((o) => o.value === values[0] && !o.disabled);
    if (wanted < 0) return;
    pickIndex.call(control, wanted);
  }
  input(control, "input", null);
  plain(control, "change");
};

const setRadio = (field, values) => {
  const options = optionsOf(field);
  const radio = field[options.findIndex((o) => o.value === values[0])];
  if (radio && !isDisabled(radio) && !radio.checked) HTMLElement.prototype.click.call(radio);
};

const write = (field, value) => {
  const [first] = field;
  const kind = kindOf(first);
  if (kind === "radio") return setRadio(field, value);
  if (kind === "checkbox") return first.checked === value || HTMLElement.prototype.click.call(first);
  if (kind === "select" || kind === "multiselect") return setSelect(first, value);
  if (kind === "contenteditable") return setEditor(first, value);
  return setText(first, value);
};

const set = (setting) => {
  const field = target.fields[setting.number - 1];
  if (!field) return () => ({ number: setting.number, found: "", matches: false, error: "the snapshot has no such field" });
  const [first] = field;
  const trouble = !field.every((c) => connected(c)) ? "the field is no longer on the page"
    : field.every(isDisabled) ? "the field is disabled"
    : field.every(isReadonly) ? "the field is read-only"
    : kindOf(first) === "file" ? "a file is chosen by real keys" : "";
  if (!trouble) {
    focus(first);
    write(field, setting.value);
  }
  return () => readBack(field, setting, trouble);
};

const readers = settings.map(set);
if (focused) focus(null);
return { fields: readers.map((read) => read()) };
