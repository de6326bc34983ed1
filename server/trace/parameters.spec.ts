import { describe, expect, test } from '@jest/globals';
import { FIGURES, type TraceQuery } from '../contract/trace.js';
import { checkParameters, parametersOf } from './parameters.js';

/** Values of one benefit that can be asked for one month. */
const OF_MONTHS =
  /^node\.(planned|forecast|realised|confirmed|baseline_planned|outlook|expected|variance(_outlook|_expected)?)$/;
const asked = (more: Partial<TraceQuery>): TraceQuery => ({ span: 'to_date', ...more });

describe('what a figure can be asked for', () => {
  test('every figure is known to date', () => {
    for (const figure of FIGURES) expect(() => checkParameters(figure, asked({}), '2026-Q2')).not.toThrow();
  });

  test('cost and chain know neither later months nor a nature', () => {
    for (const figure of FIGURES.filter((each) =>
      /^(spend|budget|reached|lost|unreached|node\.cost|traced)/.test(each),
    ))
      expect(parametersOf(figure)).toMatchObject({ spans: ['period', 'to_date'], until: false, nature: false });
  });

  test('a record is named to figures of records only, a kind to figures by kind only', () => {
    for (const figure of FIGURES) {
      const check = (more: Partial<TraceQuery>) => () => checkParameters(figure, asked(more), '2026-Q2');
      for (const [more, isKnown] of [
        [
          { type: 'benefit' },
          /^(node|link|view|case|scenario|value|measure|maturity)\./.test(figure) || figure.endsWith('_forecast'),
        ],
        [
          { ref: 'BEN-1' },
          /^(node|link|view|case|scenario|value|measure|maturity)\./.test(figure) || figure.endsWith('_forecast'),
        ],
        [
          { kind: 'no_owner' },
          /^(status$|gap|claims|view\.|case\.(?!driver|.*_forecast|claimed_of)|scenario\.(cost|credited$|net|value))/.test(
            figure,
          ),
        ],
        [{ rate: '0.05' }, /^case\.(npv|driver)/.test(figure)],
        [{ month: '2026-05' }, /^(case\.cumulative$|value\.|indicator\.)/.test(figure) || OF_MONTHS.test(figure)],
        [{ version: '1' }, /^node\.plan_(version|change)$|^value\.verdict$/.test(figure)],
        [{ action: 'ACT-1' }, figure === 'node.action_effect'],
        [{ on: '2026-05-31' }, figure === 'measure.value'],
        [{ indicator: 'IND-1' }, figure === 'indicator.value'],
        [{ question: 'trust' }, figure.startsWith('perception.')],
        [{ among: 'class=cashable' }, figure.startsWith('listed.')],
        [{ path: 'investment:INV-1' }, figure === 'path.spend'],
        [{ to: 'INI-1' }, /^link\.|^view\.link|^node\.credited|^scenario\.value|^case\..*_forecast/.test(figure)],
        [{ changes: 'stop:investment:INV-1:2026-07' }, figure.startsWith('scenario.')],
        [{ layer: 'outcome' }, ['view.unreached', 'view.smaller'].includes(figure)],
      ] as const) {
        if (isKnown) expect(check(more)).not.toThrow();
        else expect(check(more)).toThrow();
      }
    }
  });

  test('until ends a span that has an end of its own, and not before the period', () => {
    const check = (more: Partial<TraceQuery>) => () => checkParameters('planned', asked(more), '2026-Q2');
    expect(check({ span: 'life', until: '2026-Q2' })).not.toThrow();
    expect(check({ span: 'later', until: '2030-Q1' })).not.toThrow();
    expect(check({ span: 'life', until: '2026-Q1' })).toThrow();
    expect(check({ span: 'period', until: '2026-Q3' })).toThrow();
    expect(check({ until: '2026-Q3' })).toThrow();
    expect(() => checkParameters('expected', asked({ until: '2026-Q3' }), '2026-Q2')).not.toThrow();
    expect(() => checkParameters('expected', asked({ span: 'life' }), '2026-Q2')).toThrow();
  });
});
