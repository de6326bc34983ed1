import type { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { invalidField, Problem } from '../http/problem.js';
import { findImport } from './import-records.js';
import type { UploadedFile } from './reading/source.js';

/** What was decided on one check is not done to other files. */
const CHANGED =
  'The files are not the ones that were checked: their content or their names changed since. Nothing was imported. Check them again, then import.';

/**
 * Whether files are those of the check (dry run) on which their import was decided: the same contents under the same names, in the same order.
 *
 * @param id of the check
 * @param hash of the files, as `hashOfFiles` makes it
 * @throws Problem 412 where they are others, 422 where there is no such check of this person that found them good
 */
export const refuseOtherThanChecked = async (
  source: DataSource,
  principal: Principal,
  id: string,
  files: readonly UploadedFile[],
  hash: string,
): Promise<void> => {
  const check = await findImport(source, id);
  if (check?.status !== 'dry_run' || check.user_id !== principal.userId)
    throw invalidField(
      'previewOf',
      'preview.unknown',
      'There is no check of yours with this id that found something to import. Send the id of a dry run, or leave previewOf out.',
    );
  const names = files.map(({ originalName }) => originalName);
  if (check.file_hash === hash && JSON.stringify(check.file_names) === JSON.stringify(names)) return;
  throw new Problem(412, 'precondition-failed', CHANGED, [
    { pointer: 'previewOf', code: 'preview.changed', message: CHANGED },
  ]);
};
