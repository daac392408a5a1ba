// A seeded random number generator.

/** Draws from a seed: numbers, items of lists, and whether something of some likelihood happens. */
export function chance(seed) {
  let state = seed >>> 0;
  // Mulberry32, by Tommy Ettinger.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (items) => items[below(items.length)];
  const happens = (likelihood) => next() < likelihood;
  return { below, pick, happens };
}
