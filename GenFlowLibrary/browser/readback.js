// Script: reads fields back without touching them. Arguments: the snapshot's id, settings as [{number, value, secret}].
const [readId, wantedSettings] = arguments;
const seenBefore = snapshotOf(readId);
if (!seenBefore) return { gone: true };
return { fields: readAgain(seenBefore, wantedSettings) };
