import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Principal } from '../access/principal.js';
import type { ImportReport } from '../contract/import.js';
import { IdempotencyKeys } from '../http/idempotency-keys.js';
import { answerOf, keyOf } from '../http/idempotency.interceptor.js';
import { reasonOf } from '../http/request-context.js';
import { hashOfFile } from './file-hash.js';
import type { UploadedFile } from './reading/source.js';

/** The same upload again: same method, same address with its query, same reason, files of the same names and contents in the same order. */
const requestHashOf = async (request: Request, files: readonly UploadedFile[]): Promise<Buffer> => {
  const hash = createHash('sha256').update(`${request.method}\n${request.originalUrl}\n${reasonOf() ?? ''}`);
  for (const file of files) hash.update(`\n${await hashOfFile(file)} ${JSON.stringify(file.originalName)}`);
  return hash.digest();
};

/** An import that stored nothing and told nothing that holds for longer: the same files may do better under the same key. */
class NotKept extends Error {
  constructor(readonly report: ImportReport) {
    super(report.status);
  }
}
const KEPT: readonly ImportReport['status'][] = ['committed', 'dry_run'];

/** Idempotency keys of uploads. The interceptor leaves them to this, because only here it is known what the files hold. */
@Injectable()
export class ImportKeys {
  constructor(private readonly keys: IdempotencyKeys) {}

  /**
   * Imports, or gives the report that the same files had before under the same key. Without a key it always imports.
   *
   * @param run imports, and sets status and headers of the response
   * @throws Problem 409 `idempotency-in-progress`, 422 `idempotency-key-reused`, and whatever `run` throws
   */
  async once(
    who: Principal,
    request: Request,
    response: Response,
    files: readonly UploadedFile[],
    run: () => Promise<ImportReport>,
  ): Promise<ImportReport> {
    const key = keyOf(request);
    if (key === undefined) return run();
    const keyed = { userId: who.userId, key, requestHash: await requestHashOf(request, files) };
    try {
      const answer = await this.keys.once(keyed, async () => {
        const report = await run();
        if (!KEPT.includes(report.status)) throw new NotKept(report);
        return answerOf(response, report);
      });
      if (answer.replayed) {
        response.status(answer.status).set(answer.headers).set('Idempotency-Replayed', 'true');
      }
      return answer.body as ImportReport;
    } catch (error) {
      if (error instanceof NotKept) return error.report;
      throw error;
    }
  }
}
