// Script: what a person reads in a part of the page. Argument: the element, or null for the page.
const [region] = arguments;
const UNREAD = "script, style, template, noscript, datalist, option, optgroup, head, audio, video, canvas, object";
const CELLS = "td, th, [role=cell], [role=gridcell], [role=columnheader], [role=rowheader]";

/** What a native control shows, as words. A password shows nothing. */
const shownWords = (control) => {
  if (tagOf(control) === "select") {
    const picked = [...control.selectedOptions].filter((option) => option.value !== "" || option.index > 0);
    return picked.map((option) => squeeze(option.label || option.text)).join(", ");
  }
  if (control.type === "password" || control.type === "hidden") return "";
  if (control.type === "image") return attribute(control, "alt");
  if (control.type === "file") return [...control.files].map((file) => file.name).join(", ");
  return ["checkbox", "radio"].includes(control.type) ? (control.checked ? "[x]" : "[ ]") : control.value;
};

const pieces = [];
const readText = (node) => {
  if (styleOf(drawnParent(node)).visibility === "visible") pieces.push(node.data.replace(/[\s\u00a0\u200b\u00ad]+/g, " "));
};
const readNode = (node) => {
  if (!isElement(node)) {
    if (typeOf(node) === 3) readText(node);
    return;
  }
  const style = styleOf(node);
  if (is(node, UNREAD) || style.display === "none" || Number(style.opacity) === 0 || clippedAway(style)) return;
  if (is(node, "input, select, textarea, img")) {
    const words = tagOf(node) === "img" ? attribute(node, "alt") : shownWords(node);
    if (style.visibility === "visible") pieces.push(` ${words.replace(/\n/g, " ")} `);
    return;
  }
  const cell = is(node, CELLS);
  const apart = !["inline", "inline-block", "inline-flex", "contents"].includes(style.display);
  if ((apart && !cell) || tagOf(node) === "br") pieces.push("\n");
  const slotted = tagOf(node) === "slot" ? HTMLSlotElement.prototype.assignedNodes.call(node) : [];
  const held = isFrame(node) ? framedBy(node) && [bodyOf(framedBy(node))] : nodesOf(shadowOf(node) || node);
  for (const child of slotted.length ? slotted : held || []) if (child) readNode(child);
  pieces.push(cell ? "\t" : apart ? "\n" : style.display === "inline" ? "" : " ");
};
const start = region || bodyOf(document) || rootElementOf(document);
if (!region || visible(region)) readNode(start);
return pieces.join("").split("\n").map((line) => line.split("\t").map(squeeze).filter(Boolean).join(" | ")).filter(Boolean).join("\n");
