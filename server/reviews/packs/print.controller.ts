import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import * as p from '../../contract/primitives.js';
import { isNotModified } from '../../http/etag.js';
import { ReturnsStream } from '../../http/returns.js';
import { PRINT_POLICY } from './html-style.js';
import { MEDIA_TYPES } from './pack.js';
import { PacksService } from './packs.service.js';

/** The pages of a review for the reader's own browser, which prints them as our PDF has them. */
@ApiTags('reviews')
@Controller('reviews/:ref/print')
export class PrintController {
  constructor(private readonly packs: PacksService) {}

  @Get()
  @Allow('reviews.read')
  @ReturnsStream('text/html')
  async print(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { etag, make } = await this.packs.offer(who, ref, 'html');
    if (isNotModified(known, etag)) {
      response.status(304).set({ ETag: etag }).end();
      return;
    }
    const { bytes } = await make();
    response.set({
      ETag: etag,
      'Content-Type': MEDIA_TYPES.html,
      // Texts of people stand in it: should one ever be more than text, it can do nothing.
      'Content-Security-Policy': `${PRINT_POLICY}; frame-ancestors 'none'; sandbox`,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(bytes);
  }
}
