import { useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import { DECLARATIONS } from '../../../server/contract/records.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { sessionQuery } from '../access/api';
import { exportPath } from './api';

interface ChooseFilesProps {
  files: readonly File[];
  onChoose: (files: readonly File[]) => void;
  isDisabled: boolean;
}

const ACCEPTED = '.xlsx,.zip,.csv,.tsv,.txt';

/** A place to drop files, and a button that does the same. */
export function ChooseFiles({ files, onChoose, isDisabled }: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [isOver, setOver] = useState(false);
  const add = (more: readonly File[]) => {
    const names = new Set(more.map(({ name }) => name));
    if (more.length > 0) onChoose([...files.filter(({ name }) => !names.has(name)), ...more]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!isDisabled) add([...event.dataTransfer.files]);
  };
  return (
    <>
      <div
        className="drop-zone"
        data-drop-target={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!isDisabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPTED}
          hidden
          aria-label="Files to import"
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            // The same file can be chosen again after it was mended.
            event.target.value = '';
          }}
        />
        <p>Drop files here, or</p>
        <Button onClick={() => input.current?.click()} busy={isDisabled}>
          Choose files
        </Button>
        <p className="caption">
          Which tables, which columns?{' '}
          <a href={exportPath('template.xlsx')} download>
            Download the template
          </a>
          {session.writes.includes('benefit_value') && (
            <>
              {' or '}
              <a href={exportPath('due-values.xlsx')} download>
                your values to report
              </a>
            </>
          )}
        </p>
      </div>
      {files.length > 0 && (
        <ul className="files" aria-label="Chosen files">
          {files.map((file) => (
            <li key={file.name}>
              <span>{file.name}</span> <span className="caption figures">{size(file.size)}</span>
              {warningOf(file.name) !== null && (
                <span className="file-warning">
                  <span aria-hidden="true">⚠ </span>
                  {warningOf(file.name)}
                </span>
              )}
              <Button
                look="plain"
                busy={isDisabled}
                onClick={() => onChoose(files.filter((other) => other !== file))}
                aria-label={`Remove ${file.name}`}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const size = (bytes: number): string =>
  bytes < 1024
    ? `${count(bytes)} bytes`
    : bytes < 1024 * 1024
      ? `${count(bytes / 1024)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const TABLES = new Set(DECLARATIONS.map(({ table }) => table.replaceAll('_', '')));

/** What will be wrong with a file by its name alone; the server has the last word. */
function warningOf(fileName: string): string | null {
  const { extension } = partsOf(fileName);
  if (!['xlsx', 'zip', ...TEXTS].includes(extension)) return 'not a workbook, zip or CSV file';
  return isForeign(fileName) ? 'no table of this name: its columns are matched first' : null;
}

const TEXTS = ['csv', 'tsv', 'txt'];

function partsOf(fileName: string): { name: string; extension: string } {
  const [, name = '', extension = ''] = /^(.*)\.([^.]*)$/.exec(fileName.toLowerCase()) ?? [];
  return { name, extension };
}

/** Whether a file is a table of somebody else, by its name alone. */
export function isForeign(fileName: string): boolean {
  const { name, extension } = partsOf(fileName);
  return TEXTS.includes(extension) && !(extension === 'csv' && TABLES.has(name.replace(/[\s_-]/g, '')));
}

/** Whether one must look inside to know whose table it is. */
export const isWorkbook = (fileName: string): boolean => partsOf(fileName).extension === 'xlsx';
