import type { BenefitLine } from '../../../server/contract/register.js';
import { nullSentence, nullWords } from '../../../server/contract/null-words.js';
import { Amount } from '../../ui/amount';
import type { Printing } from './figures';

/** Under what a benefit is expected to bring: the same as earlier forecasts of its like came true, or why that is not known. */
export function Calibrated({ line, printing: { scale } }: { line: BenefitLine; printing: Printing }) {
  const { code, money, expected, calibrated, calibratedReason } = line;
  // Where nothing more is forecast there is nothing to calibrate.
  if (!money || expected === null || (calibrated === null && calibratedReason === 'no_forecast')) return null;
  if (calibrated === null)
    return (
      <span className="register-second caption" title={`Not calibrated. ${nullSentence(calibratedReason)}`}>
        {nullWords(calibratedReason ?? 'nothing_recorded')}
      </span>
    );
  return (
    <span className="register-second caption landing nowrap">
      <Amount
        amount={calibrated}
        scale={scale}
        trace={{ figure: 'node.calibrated_expected', type: 'benefit', ref: code }}
        name={`Expected, full life, calibrated, ${code}`}
      />{' '}
      cal.
    </span>
  );
}
