import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import { restatement, type Restatement, restatementQuery, type RestatementQuery } from '../contract/review-after.js';
import { reviewColumns, type ReviewColumns } from '../contract/review-columns.js';
import { Returns } from '../http/returns.js';
import { ColumnsService } from './columns.service.js';
import { RestatementService } from './restatement.service.js';

/** What is true now of a frozen review. */
@ApiTags('reviews')
@Controller('reviews/:ref')
export class RestatementController {
  constructor(
    private readonly restatements: RestatementService,
    private readonly columns: ColumnsService,
  ) {}

  /** Each figure as frozen, as the quarter before froze it, and as it is today, with the changes that make the difference. */
  @Get('restatement')
  @Allow('reviews.read')
  @Returns(restatement)
  async read(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: restatementQuery }) { figure }: RestatementQuery,
  ): Promise<Restatement> {
    return this.restatements.of(who, ref, figure);
  }

  /** Tables and drawings as the quarter before froze them, and as the records of today make them: what of them is no figure. */
  @Get('columns')
  @Allow('reviews.read')
  @Returns(reviewColumns)
  async readColumns(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<ReviewColumns> {
    return this.columns.of(who, ref);
  }
}
