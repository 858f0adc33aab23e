// Script: opens what is folded up in a form and holds fields. Argument: the snapshot's id. Returns how many parts were opened.
const [heldId] = arguments;
const held = snapshotOf(heldId);
if (!held) return { gone: true };

const folded = foldedIn(held.scope);
for (const { opener } of folded) HTMLElement.prototype.click.call(opener);
return { opened: folded.length };
