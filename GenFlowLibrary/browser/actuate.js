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

const focusEvents = (control, names) =>
  names.forEach((name, i) => fire(control, new FocusEvent(name, { bubbles: i === 1, composed: true })));
const activeOf = getter(Document.prototype, "activeElement");
const hasFocus = (control) => {
  const root = rootOf(control);
  return (typeOf(root) === DOCUMENT ? activeOf(root) : root.activeElement) === control;
};

/** Tells an element of a real move of the focus; where the window has no focus the browser fires no events, and then we do. */
const heard = (control, name, move) => {
  let told = false;
  const hear = () => { told = true; };
  control.addEventListener(name, hear);
  move.call(control, { preventScroll: true });
  control.removeEventListener(name, hear);
  return told;
};
const leave = (control) => {
  if (!heard(control, "blur", HTMLElement.prototype.blur)) focusEvents(control, ["blur", "focusout"]);
};
const enter = (control) => {
  if (!heard(control, "focus", HTMLElement.prototype.focus)) focusEvents(control, ["focus", "focusin"]);
};

/**
 * Acts on a control that has the focus, as far as the page can hear. As in the browser's own autofill (Chromium, web_form_control_element.cc,
 * SetAutofillValue) the control hears of focus and blur, but the real focus stays away: moving it lays the page out for every field, which
 * was three quarters of the time that setting took. An editor takes its text where the real focus is.
 */
const withFocus = (control, act) => {
  if (kindOf(control) === "contenteditable") enter(control);
  else if (!hasFocus(control)) focusEvents(control, ["focus", "focusin"]);
  act();
  if (hasFocus(control)) leave(control);
  else focusEvents(control, ["blur", "focusout"]);
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
    withFocus(first, () => write(field, setting.value));
  }
  return () => readBack(field, setting, trouble);
};

const readers = settings.map(set);
return { fields: readers.map((read) => read()) };
