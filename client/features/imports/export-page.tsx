import { useSuspenseQuery } from '@tanstack/react-query';
import { PageHeader } from '../../ui/page-header';
import { sessionQuery } from '../access/api';
import { exportPath } from './api';
import './imports.css';

const FILES = [
  {
    file: 'data.xlsx',
    title: 'All tables as one workbook',
    text: 'A sheet for each table, with all records that you may see, in the columns of the import. Numbers are numbers. What was exported imports again and changes nothing.',
    action: 'Download data.xlsx',
  },
  {
    file: 'data.zip',
    title: 'All tables as CSV files',
    text: 'The same records as one CSV file for each table (UTF-8, comma, decimal point), for scripts and other tools.',
    action: 'Download data.zip',
  },
  {
    file: 'template.xlsx',
    title: 'An empty workbook to fill in',
    text: 'Every table with its columns, what each column means and an example. Delete the sheets that you do not need.',
    action: 'Download template.xlsx',
  },
  {
    file: 'due-values.xlsx',
    isForReporters: true,
    title: 'Your values to report',
    text: 'The months of your benefits that are over and have no value yet, with their codes and plans. Fill the column realised and import the file.',
    action: 'Download due-values.xlsx',
  },
] as const;

/** Everything out again, in the form in which it came in. */
export function ExportPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const files = FILES.filter((file) => !('isForReporters' in file) || session.writes.includes('benefit_value'));
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Export"
        question="How do I get the data out?"
        message="Everything that you may see, as the tables that the import reads."
      >
        Exports hold the records as they are now, in all periods and scopes that are visible to you
      </PageHeader>
      <div className="exports">
        {files.map(({ file, title, text, action }) => (
          <section key={file} className="card import-form" aria-label={title}>
            <h2>{title}</h2>
            <p>{text}</p>
            <p>
              <a className="button" href={exportPath(file)} download>
                {action}
              </a>
            </p>
          </section>
        ))}
      </div>
    </main>
  );
}
