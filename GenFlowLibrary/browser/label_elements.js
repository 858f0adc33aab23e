// Which label elements belong to a control, on sound and on broken markup. Part of every script: uses trees.js.
const LABELLED = "input, select, textarea, button, meter, output, progress";

/** What is wrong with the labels of a tree: ids that occur twice, and labels that point at something which is no control. */
const markup = new Map();
const markupOf = (root) => {
  if (markup.has(root)) return markup.get(root);
  const ids = new Map();
  for (const element of query(root, "[id]")) ids.set(attribute(element, "id"), [...(ids.get(attribute(element, "id")) || []), element]);
  const pointers = new Map();
  for (const label of query(root, "label[for]")) {
    const [target] = ids.get(attribute(label, "for")) || [];
    if (target) pointers.set(target, [...(pointers.get(target) || []), label]);
  }
  const broken = [...pointers.keys()].some((target) => !is(target, LABELLED)) ||
    [...pointers.keys()].some((target) => ids.get(attribute(target, "id")).length > 1);
  markup.set(root, { ids, pointers, broken });
  return markup.get(root);
};

/** Of labels that name an id which several controls have: those of this control, the first to the first and so on. */
const shareOf = (labels, control, twins) => {
  if (labels.length === twins.length) return [labels[twins.indexOf(control)]];
  const before = labels.filter((label) => precedes(label, control));
  const others = twins.filter((twin) => precedes(twin, control));
  return before.filter((label) => !others.some((twin) => precedes(label, twin)));
};

/** Labels that point at something around the control, or at the control itself though it is no native one. */
const pointingAround = (control, pointers) => {
  const around = is(control, LABELLED) ? [] : [control];
  for (let outer = drawnParent(control); outer && !is(outer, "form, body"); outer = drawnParent(outer)) {
    if (query(outer, CONTROLS).length > 1) break;
    if (!is(outer, LABELLED)) around.push(outer);
  }
  return around.flatMap((element) => pointers.get(element) || []);
};

const labelsOf = (control) => {
  const native = [...(control.labels || [])];
  const root = rootOf(control);
  const { ids, pointers, broken } = markupOf(root);
  if (!broken) return native;
  const twins = (ids.get(attribute(control, "id")) || []).filter((e) => is(e, LABELLED));
  const pointing = twins.length > 1 ? shareOf(pointers.get(twins[0]) || [], control, twins) : [];
  const own = twins.length > 1 ? [...native.filter((label) => !has(label, "for")), ...pointing] : native;
  return own.length ? own : pointingAround(control, pointers);
};
