import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import * as p from '../../contract/primitives.js';
import { ReturnsStream } from '../../http/returns.js';
import { ReviewsService } from '../reviews.service.js';
import { PRINT_POLICY, printPage } from './html.js';

/** The pages of a review for the reader's own browser, which prints them as our PDF has them. */
@ApiTags('reviews')
@Controller('reviews/:ref/print')
export class PrintController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @Allow('reviews.read')
  @ReturnsStream('text/html')
  async print(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Res() response: Response,
  ): Promise<void> {
    const { document, sha256 } = await this.reviews.read(who, ref);
    response.set({
      'Content-Type': 'text/html; charset=utf-8',
      // Texts of people stand in it: should one ever be more than text, it can do nothing.
      'Content-Security-Policy': `${PRINT_POLICY}; frame-ancestors 'none'; sandbox`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-cache',
    });
    // A draft has no hash, and no page of it tells one.
    response.end(printPage(document, sha256 ?? ''));
  }
}
