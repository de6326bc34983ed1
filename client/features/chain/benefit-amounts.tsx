import { isZero } from '../../../server/contract/decimal.js';
import { Amount } from '../../ui/amount';
import type { Node } from './graph';
import type { Model } from './use-chain-model';

interface BenefitAmountsProps {
  node: Node;
  model: Model;
  step: { span?: 'period' };
  tabIndex?: number;
}

/** What was realised of a benefit's plan; a letter with its reason where there is no such value. */
export function BenefitAmounts({ node, model, step, tabIndex }: BenefitAmountsProps) {
  const { record } = node;
  const missing = model.flags(node);
  const reason = (kind: 'planned' | 'realised'): string | null => {
    if (isZero(record.planned) && isZero(record.realised)) return 'no value in money';
    if (kind === 'planned') return missing.includes('benefit_without_plan') ? 'no plan is recorded' : null;
    return missing.includes('benefit_without_measurement') ? 'due, and not measured' : null;
  };
  const amount = (kind: 'planned' | 'realised') => {
    const why = reason(kind);
    return why === null ? (
      <Amount
        amount={record[kind]}
        scale={model.scale}
        name={`${record.name}, ${kind}`}
        trace={{ figure: `node.${kind}`, type: record.type, ref: record.code, ...step }}
        {...(tabIndex === undefined ? {} : { tabIndex })}
      />
    ) : (
      <abbr title={why}>
        x<span className="visually-hidden"> {why}</span>
      </abbr>
    );
  };
  return (
    <span className="benefit-amounts">
      <span>
        <span className="unit">AC </span>
        {amount('realised')}
      </span>{' '}
      <span>
        <span className="unit">PL </span>
        {amount('planned')}
      </span>
    </span>
  );
}
