import { AsEntered } from '../../ui/as-entered';

interface EffectAmountProps {
  /** Codes of the action and its benefit. */
  benefit: string;
  action: string;
  value: string;
  /** The benefit's currency, or its own unit. */
  unit: string | null;
}

/** What one corrective action is to bring, as its owner states it. */
export function EffectAmount({ benefit, action, value, unit }: EffectAmountProps) {
  return (
    <AsEntered
      trace={{ figure: 'node.action_effect', type: 'benefit', ref: benefit, action }}
      name={`Expected effect of ${action}`}
      value={value.replace(/\.0+$/, '')}
      unit={unit}
      withUnit
    />
  );
}
