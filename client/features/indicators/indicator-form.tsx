import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { FAMILIES } from '../../../server/contract/metric.js';
import { ProofForm } from '../proof/proof-form';
import { currentIndicator, type IndicatorRecord, saveIndicator } from './api';

const storedOf = ({ code, version, name, family, unit, better, serves }: IndicatorTrend): IndicatorRecord => ({
  code,
  version,
  name,
  family,
  unit,
  better: better === 'none' ? null : better,
  servesType: serves?.type ?? null,
  servesCode: serves?.code ?? null,
});

/** Defines an own indicator, or changes one. */
export function IndicatorForm({ of, onClose }: { of: IndicatorTrend | null; onClose: () => void }) {
  return (
    <section className="card">
      <ProofForm<IndicatorRecord>
        label={of === null ? 'Define an indicator' : `Change ${of.name}`}
        fields={[
          ...(of === null
            ? [
                {
                  name: 'code',
                  label: 'Code',
                  kind: 'text' as const,
                  isRequired: true,
                  help: 'Unique and short: IND-10',
                },
              ]
            : []),
          { name: 'name', label: 'Name', kind: 'text', isRequired: true },
          {
            name: 'family',
            label: 'Family',
            kind: 'choice',
            choices: [{ value: '', label: 'None' }, ...FAMILIES.map(({ id, name }) => ({ value: id, label: name }))],
          },
          { name: 'unit', label: 'Unit', kind: 'text', help: 'What the values count: calls a day' },
          {
            name: 'better',
            label: 'Better is',
            kind: 'choice',
            choices: [
              { value: '', label: 'Neither way' },
              { value: 'higher', label: 'Higher' },
              { value: 'lower', label: 'Lower' },
            ],
          },
          {
            name: 'servesCode',
            label: 'Serves',
            kind: 'reference',
            to: ['outcome', 'capability'],
            help: 'The outcome or capability that it tells about. Left empty it shows activity, not value.',
          },
        ]}
        stored={of && storedOf(of)}
        typedOf={(stored) => ({
          code: stored?.code ?? '',
          name: stored?.name ?? '',
          family: stored?.family ?? '',
          unit: stored?.unit ?? '',
          better: stored?.better ?? '',
          servesCode: stored?.servesCode ? `${stored.servesType}:${stored.servesCode}` : '',
        })}
        asksReason={of !== null}
        save={(typed, stored, reason) => {
          const { code, ...rest } = Object.fromEntries(
            Object.entries(typed).map(([name, text]) => [name, text.trim() === '' ? null : text.trim()]),
          );
          return saveIndicator(stored === null ? { code: code ?? null, ...rest } : rest, stored, reason);
        }}
        saveWord={of === null ? 'Define indicator' : 'Save indicator'}
        currentOf={currentIndicator}
        onDone={onClose}
        onCancel={onClose}
      />
    </section>
  );
}
