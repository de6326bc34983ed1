import { Link } from '@tanstack/react-router';
import type { Stakeholders, Voice } from '../../../server/contract/stakeholder.js';
import type { PageSearch } from '../../lib/address';
import { count } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { nameOf } from './words';
import { VoiceNum } from './voice-num';

type Area = Stakeholders['areas'][number];

/** Five steps over the answers from 1 to 5, or the score from −1 to 1. The value is printed: the shade only helps to find it. */
const shadeOf = ({ question, value }: Voice): string => {
  if (value === null) return '';
  const share = question === 'recommend' ? (value + 1) / 2 : (value - 1) / 4;
  return `shade-${Math.min(5, 1 + Math.floor(share * 5))}`;
};

/** Areas × questions: printed, shaded, and `c` where too few have answered. */
export function AreasTable({ areas }: { areas: readonly Area[] }) {
  const questions = areas[0]?.voices.map(({ question }) => question) ?? [];
  const columns: TableColumn<Area>[] = [
    {
      id: 'area',
      header: 'Area',
      rowHeader: true,
      sortBy: ({ name }) => name,
      cell: ({ code, name }) => (
        <Link
          to="."
          search={(current: PageSearch) => ({ ...current, orgUnit: code, portfolio: undefined, trace: undefined })}
        >
          {name}
        </Link>
      ),
    },
    {
      id: 'n',
      header: 'Answers',
      numeric: true,
      sortBy: ({ answers }) => answers,
      cell: ({ answers }) => count(answers),
    },
    ...questions.map((question, at): TableColumn<Area> => ({
      id: question,
      header: nameOf(question),
      unit: question === 'recommend' ? 'points' : 'of 5',
      numeric: true,
      sortBy: ({ voices }) => voices[at]!.value ?? Number.NEGATIVE_INFINITY,
      cell: ({ code, name, voices }) => (
        <span className={`shade ${shadeOf(voices[at]!)}`}>
          <VoiceNum voice={voices[at]!} who={name} area={code} />
        </span>
      ),
    })),
  ];
  return (
    <section className="card areas" aria-labelledby="areas-head">
      <h2 id="areas-head">By area</h2>
      <p className="caption">
        <b>c</b> fewer than 5 answers, or kept back so that no such group can be worked out · <b>x</b> no answer
      </p>
      <DataTable
        caption="What each area told us"
        hideCaption
        label="What each area told us"
        columns={columns}
        rows={areas}
        rowKey={({ code }) => code}
      />
    </section>
  );
}
