import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res, type Type } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import type { RecordType } from '../contract/columns.js';
import * as p from '../contract/primitives.js';
import {
  changeSchema,
  componentName,
  createSchema,
  readSchema,
  type AnyRecord,
  type Declaration,
} from '../contract/records.js';
import { rights, type Rights } from '../contract/rights.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { RightsService } from './rights.service.js';
import { listQuery, type ListQuery } from './list.js';
import { RegisterService, type RecordPage } from './register.service.js';
import { pathOf } from '../database/columns.js';

/**
 * What a form on a screen makes comes back when it is made again: an undone import or somebody who took it away leaves its key free.
 * Other codes come back with an import, beside what hung on them.
 */
const RESTORED: ReadonlySet<RecordType> = new Set(['metric_target', 'service', 'service_month', 'stage', 'indicator']);

/**
 * The controller of one record type, made from its declaration: list, read, create, change, archive.
 *
 * @param declaration one with `register: 'list'`
 */
export const recordControllerOf = (declaration: Declaration): Type<unknown> => {
  const name = componentName(declaration.type);
  const path = pathOf(declaration);
  const read = readSchema(declaration);
  const list = p.page(read).meta({ id: `${name}Page` });
  const create = createSchema(declaration);
  const change = changeSchema(declaration);

  @ApiTags('records')
  @Controller(path)
  class RecordController {
    constructor(
      private readonly register: RegisterService,
      private readonly rightsOf: RightsService,
    ) {}

    @Get()
    @Allow(`records.read:${declaration.type}`)
    @Returns(list)
    async list(
      @Who() who: Principal,
      @Query({ schema: listQuery(declaration) }) query: ListQuery,
    ): Promise<RecordPage> {
      return this.register.list(declaration, who, query);
    }

    @Get(':ref')
    @Allow(`records.read:${declaration.type}`)
    @Returns(read)
    async read(
      @Who() who: Principal,
      @Param('ref', { schema: p.ref }) ref: string,
      @Res({ passthrough: true }) response: Response,
    ): Promise<AnyRecord> {
      const record = await this.register.read(declaration, who, ref);
      response.setHeader('ETag', etagOf(record.version));
      return record;
    }

    @Get(':ref/rights')
    @Allow(`records.read:${declaration.type}`)
    @Returns(rights)
    async rights(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<Rights> {
      return this.rightsOf.of(declaration, who, ref);
    }

    @Post()
    @Allow(`records.write:${declaration.type}`)
    @Returns(read, 201)
    async create(
      @Who() who: Principal,
      @Body({ schema: create }) fields: Record<string, unknown>,
      @Res({ passthrough: true }) response: Response,
    ): Promise<AnyRecord> {
      const record = await this.register.create(declaration, who, fields, RESTORED.has(declaration.type));
      response.setHeader('Location', `/api/v1/${path}/${record.id}`);
      response.setHeader('ETag', etagOf(record.version));
      return record;
    }

    @Patch(':ref')
    @Allow(`records.write:${declaration.type}`)
    @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the record as you read it.' })
    @Returns(read)
    async change(
      @Who() who: Principal,
      @Param('ref', { schema: p.ref }) ref: string,
      @Headers('if-match') match: string | undefined,
      @Body({ schema: change }) fields: Record<string, unknown>,
      @Res({ passthrough: true }) response: Response,
    ): Promise<AnyRecord> {
      const record = await this.register.change(declaration, who, ref, matchedVersion(match), fields);
      response.setHeader('ETag', etagOf(record.version));
      return record;
    }

    @Delete(':ref')
    @Allow(`records.write:${declaration.type}`)
    @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the record as you read it.' })
    @ReturnsNothing()
    async archive(
      @Who() who: Principal,
      @Param('ref', { schema: p.ref }) ref: string,
      @Headers('if-match') match: string | undefined,
    ): Promise<void> {
      await this.register.archive(declaration, who, ref, matchedVersion(match));
    }
  }
  // OpenAPI and Nest tell controllers apart by their class name.
  Object.defineProperty(RecordController, 'name', { value: `${name}Controller` });
  return RecordController;
};
