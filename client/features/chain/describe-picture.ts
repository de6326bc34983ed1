import { LAYERS, type Picture } from '../../../server/contract/chain.js';
import { compare } from '../../../server/contract/decimal.js';
import { counted, money, type Scale } from '../../../server/contract/format.js';
import { PLURAL } from './words';

/** The picture in words, made from its data: its columns, its widest link, and what stops where. */
export function describePicture({ nodes, links, layers, invested, currency }: Picture, scale: Scale): string {
  const amount = (value: string) => money(value, currency, scale);
  const name = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const columns = LAYERS.map((type) => {
    const records = layers.find((layer) => layer.type === type)?.records ?? 0;
    return counted(records, type, PLURAL[type]);
  });
  const widest = [...links].filter(({ isGap }) => !isGap).sort((a, b) => compare(b.cost, a.cost))[0];
  const gaps = nodes.filter(({ kind }) => kind === 'gap').map(({ type, cost }) => `${amount(cost)} reaches no ${type}`);
  return [
    `Flow of ${amount(invested)} in five columns: ${columns.join(', ')}.`,
    widest ? `The widest link goes from ${name(widest.from)} to ${name(widest.to)}, ${amount(widest.cost)}.` : '',
    gaps.length === 0 ? 'All of it reaches a benefit.' : `${gaps.join('; ')}.`,
    'The outline holds the same as a tree.',
  ]
    .filter(Boolean)
    .join(' ');
}
