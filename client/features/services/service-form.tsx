import { service, type AnyRecord } from '../../../server/contract/records.js';
import { ProofForm, type ProofField } from '../proof/proof-form';
import { currentService, saveService } from './api';
import '../proof/proof.css';

const FIELDS: readonly ProofField[] = [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  {
    name: 'orgUnitCode',
    label: 'Business area it serves',
    kind: 'reference',
    to: ['org_unit'],
    help: 'Its people see the service.',
  },
  { name: 'ownerEmail', label: 'Owner', kind: 'email', help: service.columns.ownerEmail.help },
];
const CODE: ProofField = {
  ...{ name: 'code', label: 'Code', kind: 'text' as const, isRequired: true },
  help: 'By which imports name it: SVC-10. It stays.',
};

interface ServiceFormProps {
  /** The record as it was read; null for a new one. */
  of: AnyRecord | null;
  /** Code of the business area that a new one is for. */
  area?: string | undefined;
  onClose: () => void;
}

/** Adds a service, or changes one. */
export function ServiceForm({ of, area = '', onClose }: ServiceFormProps) {
  const fields = of === null ? [CODE, ...FIELDS] : FIELDS;
  return (
    <ProofForm<AnyRecord>
      label={of === null ? 'Add a service' : 'Change this service'}
      fields={fields}
      stored={of}
      typedOf={(stored) => ({
        ...Object.fromEntries(fields.map(({ name }) => [name, (stored?.[name] as string | null | undefined) ?? ''])),
        ...(stored === null ? { orgUnitCode: area } : {}),
      })}
      asksReason={of !== null}
      save={(typed, stored, reason) =>
        saveService(
          Object.fromEntries(fields.map(({ name }) => [name, (typed[name] ?? '').trim() || null])),
          stored,
          reason,
        )
      }
      currentOf={currentService}
      saveWord={of === null ? 'Add service' : 'Save service'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
