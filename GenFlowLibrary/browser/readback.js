// Script: reads fields back without touching them. Arguments: the snapshot's id, settings as [{number, value, secret}].
const [readId, wantedSettings] = arguments;
const seenBefore = snapshotOf(readId);
if (!seenBefore) return { gone: true };
return {
  fields: wantedSettings.map((setting) => {
    const field = seenBefore.fields[setting.number - 1];
    return field ? readBack(field, setting) : { number: setting.number, found: "", matches: false, error: "the snapshot has no such field" };
  }),
};
