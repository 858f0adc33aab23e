// What a person can see. Part of every script: uses dom.js and trees.js.
const styles = new Map();
const styleOf = (element) => {
  if (!styles.has(element)) styles.set(element, windowOf(element).getComputedStyle(element));
  return styles.get(element);
};

const isOfRoot = (element) => tagOf(element) === "body" || tagOf(element) === "html";

// What stands around the form that was asked for by name. aria-hidden there is no reason not to see the form: pages put it there while a
// dialogue is open or not open yet, and forget it there. Whether the form is drawn is looked at all the same.
const aroundTheChosen = new Set();
const saidHidden = (element) => attribute(element, "aria-hidden") === "true" && !aroundTheChosen.has(element);

/** What the ancestors do to everything in them: hidden, scrolled away by so much, see-through. */
const surroundings = new Map();
const surroundingOf = (element) => {
  if (!element) return { hidden: false, clear: false, left: 0, top: 0 };
  if (surroundings.has(element)) return surroundings.get(element);
  const outer = surroundingOf(drawnParent(element));
  const style = styleOf(element);
  const box = boxOf(element);
  const collapsed = isFrame(element)
    ? style.visibility !== "visible" || element.clientHeight < 2 || element.clientWidth < 2
    : style.display !== "contents" && style.display !== "inline" && !isOfRoot(element) &&
      ((style.overflowY !== "visible" && box.height < 2) || (style.overflowX !== "visible" && box.width < 2));
  const here = {
    hidden:
      outer.hidden || style.display === "none" || saidHidden(element) ||
      has(element, "inert") || collapsed,
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

/** Whether the element is drawn: not see-through, of some size, and inside the page. */
const isDrawn = memo((element) => {
  const style = styleOf(element);
  const around = surroundingOf(drawnParent(element));
  if (around.hidden || around.clear || style.display === "none" || Number(style.opacity) === 0) return false;
  if (style.visibility !== "visible" || has(element, "inert")) return false;
  if (element.checkVisibility && !Element.prototype.checkVisibility.call(element)) return false;
  if (clippedAway(style)) return false;
  const box = boxOf(element);
  if (box.width < 2 || box.height < 2) return false;
  return box.right + around.left > 0 && box.bottom + around.top > 0;
});

/** Whether a person sees the element: drawn, and not said to be hidden from people. */
const visible = (element) => attribute(element, "aria-hidden") !== "true" && isDrawn(element);

/** What a person drops files on, or presses to choose some: the smallest visible box with words around a file input that is not shown. */
const zones = new Map();
const zoneOf = (control) => {
  if (tagOf(control) !== "input" || control.type !== "file" || visible(control)) return null;
  if (!zones.has(control)) {
    const around = ancestorsOf(control).slice(0, 4).filter((e) => !is(e, "form, fieldset, body, html, table, tr"));
    const alone = around.filter((e) => query(e, "input, select, textarea").length === 1);
    zones.set(control, alone.find((e) => visible(e) && squeeze(e.textContent || "")) || null);
  }
  return zones.get(control);
};

/** A hidden native check box or radio button is still there for a person when its visible label or drawing stands for it. */
const standsIn = (control) => {
  if (zoneOf(control) || (control.type === "file" && labelsOf(control).some(visible))) return true;
  if (attribute(control, "aria-hidden") === "true" || !is(control, "input[type=checkbox i], input[type=radio i], input[type=range i]")) return false;
  const around = surroundingOf(drawnParent(control));
  if (around.hidden || around.clear) return false;
  if (labelsOf(control).some(visible)) return true;
  const parent = drawnParent(control);
  // A slider drawn over its native one clips that away; check boxes that are clipped away have labels.
  const unseen = Number(styleOf(control).opacity) === 0 || (control.type === "range" && clippedAway(styleOf(control)));
  const drawn = unseen && boxOf(control).width >= 8 && boxOf(control).height >= 8;
  return drawn && visible(parent);
};
