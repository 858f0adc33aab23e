// What a person can see. Part of every script: uses dom.js.
const styles = new Map();
const styleOf = (element) => {
  if (!styles.has(element)) styles.set(element, window.getComputedStyle(element));
  return styles.get(element);
};

/** What the ancestors do to everything in them: hidden, scrolled away by so much, see-through. */
const surroundings = new Map();
const surroundingOf = (element) => {
  if (!element || !isElement(element)) return { hidden: false, clear: false, left: 0, top: 0 };
  if (surroundings.has(element)) return surroundings.get(element);
  const outer = surroundingOf(drawnParent(element));
  const style = styleOf(element);
  const box = boxOf(element);
  const collapsed =
    style.display !== "contents" && style.display !== "inline" &&
    ((style.overflowY !== "visible" && box.height < 2) || (style.overflowX !== "visible" && box.width < 2));
  const here = {
    hidden:
      outer.hidden || style.display === "none" || attribute(element, "aria-hidden") === "true" ||
      has(element, "inert") || (collapsed && element !== bodyOf(document) && element !== rootElementOf(document)),
    clear: outer.clear || Number(style.opacity) === 0,
    left: outer.left + scrollLeftOf(element),
    top: outer.top + scrollTopOf(element),
  };
  surroundings.set(element, here);
  return here;
};

const clippedAway = (style) =>
  /^rect\((0px|1px|auto)[, ]+(0px|1px|auto)[, ]+(0px|1px)[, ]+(0px|1px|auto)\)$/.test(style.clip) ||
  /^inset\((50%|100%)/.test(style.clipPath);

/** Whether a person sees the element: drawn, not see-through, of some size, and inside the page. */
const visible = (element) => {
  const style = styleOf(element);
  const around = surroundingOf(drawnParent(element));
  if (around.hidden || around.clear || style.display === "none" || Number(style.opacity) === 0) return false;
  if (style.visibility !== "visible" || attribute(element, "aria-hidden") === "true" || has(element, "inert")) return false;
  if (element.checkVisibility && !Element.prototype.checkVisibility.call(element)) return false;
  if (clippedAway(style)) return false;
  const box = boxOf(element);
  if (box.width < 2 || box.height < 2) return false;
  return box.right + around.left > 0 && box.bottom + around.top > 0;
};

const labelsOf = (control) => Array.from(control.labels || []);

/** A hidden native check box or radio button is still there for a person when its visible label or drawing stands for it. */
const standsIn = (control) => {
  if (attribute(control, "aria-hidden") === "true" || !is(control, "input[type=checkbox i], input[type=radio i]")) return false;
  const around = surroundingOf(drawnParent(control));
  if (around.hidden || around.clear) return false;
  if (labelsOf(control).some(visible)) return true;
  const parent = drawnParent(control);
  const drawn = Number(styleOf(control).opacity) === 0 && boxOf(control).width >= 8 && boxOf(control).height >= 8;
  return drawn && visible(parent);
};
