import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import * as p from '../../contract/primitives.js';
import { isNotModified } from '../../http/etag.js';
import { attachmentHeader } from '../../http/file-names.js';
import { ReturnsStream } from '../../http/returns.js';
import { MEDIA_TYPES, type PackKind } from './pack.js';
import { PacksService } from './packs.service.js';

/** What is handed out of a review. */
@ApiTags('reviews')
@Controller('reviews/:ref')
export class PacksController {
  constructor(private readonly packs: PacksService) {}

  /** A4 landscape; `X-Pack-Note` says whether it is tagged, and what made it. */
  @Get('pack.pdf')
  @Allow('reviews.read')
  @ReturnsStream(MEDIA_TYPES.pdf)
  pdf(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.send('pdf', who, ref, known, response);
  }

  @Get('pack.pptx')
  @Allow('reviews.read')
  @ReturnsStream(MEDIA_TYPES.pptx)
  pptx(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.send('pptx', who, ref, known, response);
  }

  @Get('pack.xlsx')
  @Allow('reviews.read')
  @ReturnsStream(MEDIA_TYPES.xlsx)
  xlsx(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.send('xlsx', who, ref, known, response);
  }

  @Get('pack.md')
  @Allow('reviews.read')
  @ReturnsStream(MEDIA_TYPES.md)
  markdown(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.send('md', who, ref, known, response);
  }

  private async send(
    kind: PackKind,
    who: Principal,
    ref: string,
    known: string | undefined,
    response: Response,
  ): Promise<void> {
    const { etag, fileName, make } = await this.packs.offer(who, ref, kind);
    if (isNotModified(known, etag)) {
      response.status(304).set({ ETag: etag }).end();
      return;
    }
    const { bytes, note, problem } = await make();
    response.set({
      // What is not as it is to be is asked for again.
      ...(problem === null ? { ETag: etag } : { 'Cache-Control': 'private, no-store' }),
      'Content-Type': MEDIA_TYPES[kind],
      'Content-Disposition': attachmentHeader(fileName),
      'X-Content-Type-Options': 'nosniff',
      ...(note === null ? {} : { 'X-Pack-Note': note }),
    });
    response.end(bytes);
  }
}
