/** Lists by key. */

/** Adds to the list of a key. */
export const put = <Key, Value>(map: Map<Key, Value[]>, key: Key, ...values: readonly Value[]): void => {
  const known = map.get(key);
  if (known) known.push(...values);
  else map.set(key, [...values]);
};

/** All by what they share, in the order in which they come. */
export const groupedBy = <Key, Each>(all: readonly Each[], keyOf: (each: Each) => Key): Map<Key, Each[]> => {
  const found = new Map<Key, Each[]>();
  for (const each of all) put(found, keyOf(each), each);
  return found;
};
