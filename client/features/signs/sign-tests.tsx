import type { Sign, SignTest } from '../../../server/contract/sign.js';
import { numbersLocalised } from '../../../server/contract/format.js';
import { letterOf, numberBeside, unitBeside } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { VariationMark } from '../../ui/variation';

/** The tests of a sign: the rule of each in words, its figure, whether it holds, and whether the figure has really changed. */
export function SignTests({ sign }: { sign: Sign }) {
  return (
    <table className="sign-tests">
      <caption className="visually-hidden">Tests of {sign.name}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Figure</th>
          <th scope="col">Result</th>
          <th scope="col">Variation</th>
        </tr>
      </thead>
      <tbody>
        {sign.tests.map((test) => (
          <tr key={test.id} data-test={test.id} data-test-state={test.state}>
            <th scope="row">{capital(numbersLocalised(test.rule))}</th>
            <td className="figures">
              <Figure test={test} />
            </td>
            <td>
              <Result test={test} />
            </td>
            <td>
              <Changed test={test} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ test }: { test: SignTest }) {
  const { currency } = usePageScope();
  const { figure, name, value, unit, nullReason, threshold } = test;
  const why = numbersLocalised(test.why);
  if (value === null)
    return figure === null ? (
      <abbr title={why}>{letterOf(nullReason)}</abbr>
    ) : (
      <Num trace={{ figure }} label={`${name}: ${why}`} className="num-none">
        {letterOf(nullReason)}
      </Num>
    );
  const beside = unitBeside(unit, currency);
  const text = `${numberBeside(value, unit, threshold)}${beside && ` ${beside}`}`;
  if (figure === null) return <>{text}</>;
  return (
    <Num trace={{ figure }} label={`${name}: ${text}`}>
      {text}
    </Num>
  );
}

const WORDS = { holds: 'holds', clear: 'does not hold', unknown: 'cannot tell' } as const;

function Result({ test }: { test: SignTest }) {
  const { state, why } = test;
  return (
    <span className={`sign-result sign-result-${state}`} title={numbersLocalised(why)}>
      <span aria-hidden="true">{state === 'holds' ? '■' : state === 'clear' ? '□' : '…'} </span>
      {WORDS[state]}
    </span>
  );
}

/** Whether a figure has really changed; of links and attributes nobody can tell, since only those of now are known. */
function Changed({ test: { value, signal, trend } }: { test: SignTest }) {
  if (value === null) return null;
  if (signal !== null) return <VariationMark trend={trend} signal={signal} />;
  return (
    <span className="variation variation-none" data-variation="now" title={AS_OF_NOW}>
      as of now<span className="visually-hidden">: {AS_OF_NOW}</span>
    </span>
  );
}
const AS_OF_NOW = 'What it counts is known as it is now, in each quarter the same: there is no change to judge.';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
