import { useQuery } from '@tanstack/react-query';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { FAMILIES } from '../../../server/contract/metric.js';
import { ProofForm } from '../proof/proof-form';
import { saveIndicator, servableQuery } from './api';

/** Defines an own indicator, or changes one. */
export function IndicatorForm({ of, onClose }: { of: IndicatorTrend | null; onClose: () => void }) {
  const servable = useQuery(servableQuery);
  return (
    <section className="card">
      <ProofForm<IndicatorTrend>
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
            kind: 'choice',
            help: 'The outcome or capability that it tells about. Without one it shows activity, not value.',
            choices: [{ value: '', label: 'Nothing: activity, not value' }, ...(servable.data ?? [])],
          },
        ]}
        stored={of}
        typedOf={(stored) => ({
          code: stored?.code ?? '',
          name: stored?.name ?? '',
          family: stored?.family ?? '',
          unit: stored?.unit ?? '',
          better: stored === null || stored.better === 'none' ? '' : stored.better,
          servesCode: stored?.serves ? `${stored.serves.type}:${stored.serves.code}` : '',
        })}
        save={(typed) => {
          const { code, ...rest } = Object.fromEntries(
            Object.entries(typed).map(([name, text]) => [name, text.trim() === '' ? null : text.trim()]),
          );
          return saveIndicator(of === null ? { code: code ?? null, ...rest } : rest, of);
        }}
        saveWord={of === null ? 'Define indicator' : 'Save indicator'}
        onDone={onClose}
        onCancel={onClose}
      />
    </section>
  );
}
