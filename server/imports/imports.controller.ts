import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import { Uploads } from '../access/media-type.js';
import type { Principal } from '../access/principal.js';
import {
  importListQuery,
  importPage,
  importQuery,
  importReport,
  type ImportPage,
  type ImportQuery,
  type ImportReport,
} from '../contract/import.js';
import { notFound } from '../http/problem.js';
import { Returns, ReturnsStream } from '../http/returns.js';
import { onLeaving, readId, statusOf } from './import-answer.js';
import { findImport, listImports, reportOf } from './import-records.js';
import { ImportKeys } from './import-keys.js';
import { ImportService } from './import.service.js';
import { ProgressStream } from './progress-stream.js';
import { streamRejects } from './rejects-download.js';
import { RevertService } from './revert.service.js';
import { withUploads } from './uploads.js';

const importId = z.string().max(80);

@Controller('imports')
export class ImportsController {
  constructor(
    @Inject(ImportService) private readonly imports: ImportService,
    @Inject(ImportKeys) private readonly keys: ImportKeys,
    @Inject(RevertService) private readonly reverts: RevertService,
    @Inject(ProgressStream) private readonly progress: ProgressStream,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  /**
   * 201 committed, 200 dry run, 422 rejected, 409 cancelled: always with the report. With an Idempotency-Key the same files are
   * imported once; with `previewOf` the files must be those of that dry run, or the answer is 412.
   */
  @Post()
  @Allow('imports.run')
  @Uploads()
  @Returns(importReport, 201)
  async run(
    @Who() who: Principal,
    @Query({ schema: importQuery }) query: ImportQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportReport> {
    return withUploads(request, response, (files) =>
      this.keys.once(who, request, response, files, async () => {
        const order = {
          ...query,
          id: query.id?.toLowerCase(),
          decimal: query.decimal,
          previewOf: query.previewOf?.toLowerCase(),
        };
        const report = await this.imports.import(who, files, order, (abort) => onLeaving(request, response, abort));
        response.status(statusOf(report));
        response.setHeader('Location', `/api/v1/imports/${report.id}`);
        return report;
      }),
    );
  }

  @Get()
  @Allow('imports.read')
  @Returns(importPage)
  list(@Query({ schema: importListQuery }) query: z.output<typeof importListQuery>): Promise<ImportPage> {
    return listImports(this.source, query.limit, query.cursor);
  }

  @Get(':id')
  @Allow('imports.read')
  @Returns(importReport)
  async read(@Param('id', { schema: importId }) id: string): Promise<ImportReport> {
    const row = await findImport(this.source, readId(id));
    if (!row) throw notFound();
    return reportOf(row);
  }

  /** Server-sent events until the import is finished. May be opened before the upload arrives. */
  @Get(':id/events')
  @Allow('imports.read')
  @ReturnsStream('text/event-stream')
  async events(@Param('id', { schema: importId }) id: string, @Res() response: Response): Promise<void> {
    await this.progress.serve(readId(id), response);
  }

  /** The report; its status says `cancelled`. */
  @Post(':id/cancel')
  @Allow('imports.run')
  @Returns(importReport, 202)
  async cancel(@Who() who: Principal, @Param('id', { schema: importId }) id: string): Promise<ImportReport> {
    return this.imports.cancel(who, readId(id));
  }

  @Post(':id/revert')
  @Allow('imports.run')
  @Returns(importReport)
  revert(@Who() who: Principal, @Param('id', { schema: importId }) id: string): Promise<ImportReport> {
    return this.reverts.revert(who, readId(id));
  }

  @Get(':id/rejects.zip')
  @Allow('imports.run')
  @ReturnsStream('application/zip')
  rejects(
    @Who() who: Principal,
    @Param('id', { schema: importId }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    return streamRejects(this.source, who, readId(id), response);
  }
}
