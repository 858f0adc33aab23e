// Which part of the page is the form. Part of the scripts that see: uses sections.js and those it uses.
const SEARCH = "[role=search], search";
const CHROME = "nav, header, footer, [role=navigation], [role=banner], [role=contentinfo]";

// What belongs in a field by its autocomplete attribute (WHATWG HTML, "Autofilling form controls", the names for personal data).
const ASKED_OF_BROWSERS = new RegExp("^((cc-)?(given|additional|family)-name|honorific-(prefix|suffix)|name|organization(-title)?|street-address|" +
  "address-(line[1-3]|level[1-4])|country(-name)?|postal-code|cc-(name|number|exp|exp-month|exp-year|csc|type)|bday(-day|-month|-year)?|" +
  "tel(-country-code|-national|-area-code|-local|-extension)?|email|username)$");
const askedOf = (control) => {
  const token = attribute(control, "autocomplete").trim().toLowerCase().split(/\s+/).pop();
  return ASKED_OF_BROWSERS.test(token) ? token.replace(/^country-name$/, "country").replace(/^tel-(national|local)$/, "tel") : "";
};

/**
 * Text boxes that are said to be hidden, though they are drawn and say what a browser should fill in: pages keep them for browsers that fill
 * forms for people, beside the fields they show or instead of them. Each counts where nothing else of its form asks for the same. Decoys
 * name nothing to fill in, and what a widget keeps its choice in is set through the widget.
 */
const keptForBrowsers = memo((control) => {
  if (tagOf(control) !== "input" || attribute(control, "aria-hidden") !== "true" || !askedOf(control) || !isDrawn(control)) return false;
  if (isReadonly(control) || isDisabled(control) || query(drawnParent(control), WIDGETS).some(visible)) return false;
  const same = everything(document, "[autocomplete]").filter((e) => askedOf(e) === askedOf(control) && formOf(e) === formOf(control));
  return !same.some(visible) && same.find(isDrawn) === control;
});

const fillable = (control) => (visible(control) || standsIn(control) || keptForBrowsers(control)) && isEditor(control);

/** All controls of a scope: what is in it, and for a form also what names it by its form attribute. */
const controlsOf = (scope) => {
  const inside = everything(scope, CONTROLS);
  if (tagOf(scope) !== "form") return is(scope, CONTROLS) ? [scope] : inside;
  const outside = query(rootOf(scope), CONTROLS).filter((control) => control.form === scope && !contains(scope, control));
  return outside.length ? [...inside, ...outside].sort((a, b) => (precedes(a, b) ? -1 : 1)) : inside;
};

const locatorOf = (scope) => {
  const id = attribute(scope, "id");
  if (id && query(rootOf(scope), `[id="${CSS.escape(id)}"]`).length === 1) return `id:${id}`;
  const tag = tagOf(scope);
  const same = query(document, tag);
  return same.includes(scope) ? (same.length > 1 ? `xpath:(//${tag})[${same.indexOf(scope) + 1}]` : `css:${tag}`) : tag;
};

const titleOf = (scope) => {
  const named = squeeze(ariaName(scope)[0]);
  const heading = named ? null : everything(scope, HEADINGS).find(visible);
  return named || (heading ? textOf(heading) : "") || (tagOf(scope) === "form" ? attribute(scope, "name") : "");
};

const describe = (scope) => ({ locator: locatorOf(scope), title: titleOf(scope), fields: groupFields(controlsOf(scope).filter(fillable)).length });

/** The page in a frame that was given as the form, where it may be looked into; else what was given. */
const pageIn = (scope) => (isFrame(scope) && framedBy(scope) && bodyOf(framedBy(scope))) || scope;

/** Frames of another origin that a person sees: nothing in them can be seen from here. */
const closedFrames = (scope) =>
  [...(is(scope, FRAMES) ? [scope] : []), ...everything(scope, FRAMES)].filter((frame) => !framedBy(frame) && visible(frame));

/** An open modal dialogue shuts out the rest of the page. */
const modalOf = () => everything(document, "dialog[open], [role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]")
  .filter((dialog) => visible(dialog) && (tagOf(dialog) !== "dialog" || is(dialog, ":modal"))).pop();

const searchLike = (form, fields) =>
  is(form, SEARCH) || ancestorsOf(form).some((e) => is(e, `${SEARCH}, ${CHROME}`)) || fields.length < 2 ||
  fields.every(([control]) => kindOf(control) === "search");

/** The page's main form as `{scope}`, or `{tie: [...]}` when several are equally good. */
const mainForm = () => {
  const within = modalOf() || rootElementOf(document);
  const forms = everything(within, "form, [role=form]")
    .map((form) => ({ form, fields: groupFields(controlsOf(form).filter(fillable)) }))
    .filter(({ fields }) => fields.length > 0);
  const page = modalOf() || everything(document, "main, [role=main]").find((e) => controlsOf(e).some(fillable)) || bodyOf(document);
  const real = forms.filter(({ form, fields }) => !searchLike(form, fields));
  const loose = controlsOf(page).filter((c) => fillable(c) && !forms.some(({ fields }) => fields.some((f) => f.includes(c))));
  if (!real.length && loose.length) return { scope: page };
  const candidates = real.length ? real : forms;
  if (!candidates.length) return { scope: page };
  const most = Math.max(...candidates.map(({ fields }) => fields.length));
  const best = candidates.filter(({ fields }) => fields.length === most);
  return best.length === 1 ? { scope: best[0].form } : { tie: best.map(({ form }) => describe(form)) };
};

/** What is folded up in a form and holds controls, as `{opener, part}`. Of parts that shut each other none is touched. */
const MOST_FOLDED = 200;
const foldedIn = (scope) => {
  const folded = everything(scope, "details:not([open]):not([name])")
    .map((part) => ({ part, opener: Array.from(nodesOf(part)).find((child) => isElement(child) && tagOf(child) === "summary") }));
  const closed = everything(scope, "[aria-expanded=false][aria-controls]")
    .filter((opener) => is(opener, "button, a, [role=button]") && !has(opener, "aria-haspopup") && !is(opener, CONTROLS))
    .flatMap((opener) => referenced(opener, "aria-controls").map((part) => ({ part, opener })))
    .filter(({ part }) => !visible(part) && !has(part, "data-parent") && !has(part, "data-bs-parent"));
  return [...folded, ...closed].filter(({ part, opener }) => opener && visible(opener) && query(part, CONTROLS).length);
};
const nameOfFolded = (control) =>
  cleanLabel(labelsOf(control).map((label) => textOf(label)).join(" ") || attribute(control, "aria-label") || attribute(control, "placeholder") ||
    attribute(control, "name")).text;
