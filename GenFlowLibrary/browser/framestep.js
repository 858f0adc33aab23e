// Script: the next frame to go into on the way to something. Arguments: the snapshot's id, "fields", "buttons" or "frames", the number.
// WebDriver takes one frame at a time: the caller goes into the one that it gets, and asks again from there, until there is none.
const [heldId, heldList, heldNumber] = arguments;
const held = registry.snapshots.get(heldId);
if (!held) return { gone: true };
const wanted = heldList === "fields" ? (held.fields[heldNumber - 1] || [])[0] : held[heldList][heldNumber - 1];
if (!wanted || !connected(wanted)) return { missing: true };
let outermost = heldList === "frames" ? wanted : frameAround(documentOf(wanted));
const last = heldList === "frames" && documentOf(wanted) === document;
while (outermost && documentOf(outermost) !== document) outermost = frameAround(documentOf(outermost));
return { frame: outermost, last, token: registry.token };
