import { Body, Controller, Delete, Get, Headers, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../../access/allow.js';
import { Uploads } from '../../access/media-type.js';
import type { Principal } from '../../access/principal.js';
import { firstRows, firstRowsQuery, type FirstRows, type FirstRowsQuery } from '../../contract/first-rows.js';
import { importReport, type ImportReport } from '../../contract/import.js';
import {
  changeMapping,
  importSource,
  importSourceQuery,
  mappedImport,
  savedMapping,
  savedMappingList,
  saveMapping,
  type ImportSource,
  type ImportSourceQuery,
  type MappedImport,
  type SavedMapping,
  type SavedMappingList,
} from '../../contract/mapping.js';
import { etagOf, matchedVersion } from '../../http/etag.js';
import { Returns, ReturnsNothing } from '../../http/returns.js';
import { onLeaving, readId, statusOf } from '../import-answer.js';
import { withUploads } from '../uploads.js';
import { MappingsService } from './mappings.service.js';
import { SourcesService } from './sources.service.js';

const anyId = z.string().max(80);

@ApiTags('imports')
@Controller('import-sources')
export class ImportSourcesController {
  constructor(@Inject(SourcesService) private readonly sources: SourcesService) {}

  /** A foreign file, looked through and kept for a day. Nothing of it is stored as records. */
  @Post()
  @Allow('imports.run')
  @Uploads()
  @Returns(importSource, 201)
  create(
    @Who() who: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportSource> {
    return withUploads(request, response, (files) => this.sources.create(who, files));
  }

  @Get(':id')
  @Allow('imports.run')
  @Returns(importSource)
  read(
    @Who() who: Principal,
    @Param('id', { schema: anyId }) id: string,
    @Query({ schema: importSourceQuery }) query: ImportSourceQuery,
  ): Promise<ImportSource> {
    return this.sources.read(who, readId(id), query);
  }

  @Delete(':id')
  @Allow('imports.run')
  @ReturnsNothing()
  remove(@Who() who: Principal, @Param('id', { schema: anyId }) id: string): Promise<void> {
    return this.sources.remove(who, readId(id));
  }

  /** How a mapping would read the first rows. Nothing is checked or stored. */
  @Post(':id/first-rows')
  @Allow('imports.run')
  @Returns(firstRows)
  firstRows(
    @Who() who: Principal,
    @Param('id', { schema: anyId }) id: string,
    @Body({ schema: firstRowsQuery }) query: FirstRowsQuery,
  ): Promise<FirstRows> {
    return this.sources.firstRows(who, readId(id), query);
  }

  /** 201 committed, 200 dry run, 422 rejected, 409 cancelled: always with the report. */
  @Post(':id/import')
  @Allow('imports.run')
  @Returns(importReport, 201)
  async import(
    @Who() who: Principal,
    @Param('id', { schema: anyId }) id: string,
    @Body({ schema: mappedImport }) order: MappedImport,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportReport> {
    const report = await this.sources.import(who, readId(id), order, (abort) => onLeaving(request, response, abort));
    response.status(statusOf(report));
    response.setHeader('Location', `/api/v1/imports/${report.id}`);
    return report;
  }
}

@ApiTags('imports')
@Controller('import-mappings')
export class ImportMappingsController {
  constructor(@Inject(MappingsService) private readonly mappings: MappingsService) {}

  @Get()
  @Allow('imports.run')
  @Returns(savedMappingList)
  list(@Who() who: Principal): Promise<SavedMappingList> {
    return this.mappings.list(who);
  }

  @Post()
  @Allow('imports.run')
  @Returns(savedMapping, 201)
  async save(
    @Who() who: Principal,
    @Body({ schema: saveMapping }) given: z.output<typeof saveMapping>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedMapping> {
    const saved = await this.mappings.save(who, given);
    response.setHeader('ETag', etagOf(saved.version));
    return saved;
  }

  @Patch(':id')
  @Allow('imports.run')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the mapping as you read it.' })
  @Returns(savedMapping)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: anyId }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeMapping }) given: z.output<typeof changeMapping>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedMapping> {
    const saved = await this.mappings.change(who, readId(id), matchedVersion(match), given);
    response.setHeader('ETag', etagOf(saved.version));
    return saved;
  }

  @Delete(':id')
  @Allow('imports.run')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the mapping as you read it.' })
  @ReturnsNothing()
  async remove(
    @Who() who: Principal,
    @Param('id', { schema: anyId }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.mappings.remove(who, readId(id), matchedVersion(match));
  }
}
