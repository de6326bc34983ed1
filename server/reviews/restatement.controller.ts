import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import { restatement, type Restatement, restatementQuery, type RestatementQuery } from '../contract/review-after.js';
import { Returns } from '../http/returns.js';
import { RestatementService } from './restatement.service.js';

/** What is true now of a frozen review. */
@ApiTags('reviews')
@Controller('reviews/:ref/restatement')
export class RestatementController {
  constructor(private readonly restatements: RestatementService) {}

  /** Each figure as frozen, as the quarter before froze it, and as it is today, with the changes that make the difference. */
  @Get()
  @Allow('reviews.read')
  @Returns(restatement)
  async read(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: restatementQuery }) { figure }: RestatementQuery,
  ): Promise<Restatement> {
    return this.restatements.of(who, ref, figure);
  }
}
