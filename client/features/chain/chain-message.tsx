import type { Chain } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { compare, isZero } from '../../../server/contract/decimal.js';
import { Amount } from '../../ui/amount';
import type { Model } from './use-chain-model';
import { layerAfter } from './words';

/** Two sentences by rule: how much of the spend reaches a benefit, and after which layer most of it stops. */
export function ChainMessage({ model, span }: { model: Model; span: Chain['span'] }) {
  const { totals } = model.chain;
  const step = span === 'to_date' ? {} : { span };
  const amount = (value: string, name: string, figure: Figure) => (
    <Amount amount={value} scale={model.scale} name={name} trace={{ figure, ...step }} withUnit />
  );
  const when = span === 'to_date' ? 'to date' : 'in this period';
  if (isZero(totals.cost)) return <>No actual cost is recorded {when}; the outline shows what is linked to what.</>;
  const reached = totals.reached.find(({ type }) => type === 'benefit')?.cost ?? '0';
  const worst = [...totals.reached]
    .filter(({ type, unallocated }) => type !== 'benefit' && compare(unallocated, '0') > 0)
    .sort((a, b) => compare(b.unallocated, a.unallocated))[0];
  const spend = amount(totals.cost, 'Spend', 'spend');
  return (
    <>
      {isZero(reached) ? (
        <>
          None of the {spend} spent {when} reaches a benefit.
        </>
      ) : (
        <>
          {amount(reached, 'Spend that reaches a benefit', 'reached.benefit')} of {spend} spent {when} reaches a
          benefit.
        </>
      )}{' '}
      {worst && (
        <>
          The line breaks most between {worst.type} and {layerAfter(worst.type)}:{' '}
          {amount(
            worst.unallocated,
            `Spend that goes no further than its ${worst.type}`,
            `lost.${worst.type}` as Figure,
          )}{' '}
          goes no further.
        </>
      )}
    </>
  );
}
