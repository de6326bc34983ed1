import type { Sign } from '../../../server/contract/sign.js';
import { letterOf, metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';

/** Figures that decide nothing and say where to look; each opens its formula and its records. */
export function Beside({ sign }: { sign: Sign }) {
  const { currency } = usePageScope();
  if (sign.beside.length === 0) return null;
  return (
    <>
      <p className="caption sign-beside-head">Beside the tests, deciding nothing:</p>
      <ul className="sign-beside">
        {sign.beside.map(({ figure, name, value, nullReason }) => {
          const said = value === null ? 'not known' : metricText(value, 'share', currency);
          return (
            <li key={figure} data-beside={figure}>
              {name}:{' '}
              <Num trace={{ figure }} label={`${name}: ${said}`} {...(value === null && { className: 'num-none' })}>
                {value === null ? letterOf(nullReason) : said}
              </Num>
            </li>
          );
        })}
      </ul>
    </>
  );
}
