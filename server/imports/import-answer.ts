import type { Request, Response } from 'express';
import type { ImportReport } from '../contract/import.js';
import { notFound } from '../http/problem.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id as it is stored; what cannot be one names nothing. */
export const readId = (id: string): string => {
  if (!UUID.test(id)) throw notFound();
  return id.toLowerCase();
};

const STATUS_OF: Partial<Record<ImportReport['status'], number>> = { committed: 201, dry_run: 200, cancelled: 409 };

/** HTTP status of an import's answer. */
export const statusOf = ({ status }: Pick<ImportReport, 'status'>): number => STATUS_OF[status] ?? 422;

/** Calls `abort` where the client goes away before it is answered; at once where it has gone already. */
export const onLeaving = (request: Request, response: Response, abort: () => void): void => {
  if (request.socket.destroyed) return abort();
  response.on('close', () => {
    if (!response.writableFinished) abort();
  });
};
