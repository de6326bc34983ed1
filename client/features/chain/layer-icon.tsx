import type { Layer } from '../../../server/contract/chain.js';

/** A shape for each layer, beside its word. */
const SHAPES: Record<Layer, string> = {
  // A coin, a gear's tooth, a block, a flag, a star: told apart by outline alone.
  investment: 'M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1Zm0 3v6M5 5.5h3a1 1 0 0 1 0 2H6a1 1 0 0 0 0 2h3',
  initiative: 'M2 7h8M7 3.5 10.5 7 7 10.5',
  capability: 'M2 2h4.5v4.5H2ZM7.5 2H12v4.5H7.5ZM2 7.5h4.5V12H2ZM7.5 7.5H12V12H7.5Z',
  outcome: 'M3 13V1.5h8L8.5 4.5 11 7.5H3',
  benefit: 'M7 1.2 8.8 5l4.1.5-3 2.9.8 4.1L7 10.5l-3.7 2 .8-4.1-3-2.9L5.2 5Z',
};

export const LayerIcon = ({ type }: { type: Layer }) => (
  <svg className="layer-icon" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
    <path d={SHAPES[type]} />
  </svg>
);
