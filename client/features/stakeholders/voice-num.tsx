import type { Voice } from '../../../server/contract/stakeholder.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { letterOf, metricNumber, metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { metricOf, nameOf, unitOf } from './words';

interface VoiceNumProps {
  voice: Pick<Voice, 'question' | 'value' | 'nullReason'>;
  /** Of whom, for its name. */
  who: string;
  /** The area, where it is not that of the page. */
  area?: string;
}

/** What people answered to one question, leading to its trace; `c` where too few have answered, `x` where nobody has. */
export function VoiceNum({ voice: { question, value, nullReason }, who, area }: VoiceNumProps) {
  const { currency } = usePageScope();
  const name = `${nameOf(question)}, ${who}`;
  const unit = unitOf(question);
  const trace = { figure: metricOf(question), portfolio: '', ...(area === undefined ? {} : { orgUnit: area }) };
  return value === null ? (
    <Num trace={trace} label={`${name}: ${metricNull(nullReason)}`} className="num-none">
      {letterOf(nullReason)}
    </Num>
  ) : (
    <Num trace={trace} label={`${name}: ${metricText(value, unit, currency)}`}>
      {metricNumber(value, unit)}
    </Num>
  );
}
