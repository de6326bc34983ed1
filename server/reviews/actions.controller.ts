import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  type ChangedReviewAction,
  changedReviewAction,
  type NewReviewAction,
  newReviewAction,
  type ReviewAction,
  reviewAction,
  type ReviewActions,
  reviewActions,
} from '../contract/review-after.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { ReviewActionsService } from './actions.service.js';

const ofReview = z.strictObject({ ref: p.ref });
const ofAction = z.strictObject({ ref: p.ref, action: p.id });
type OfAction = z.infer<typeof ofAction>;

const IF_MATCH = { name: 'If-Match', required: true, description: 'The ETag of the action as you read it.' };

/** What a review decided and agreed, and what became of it. */
@ApiTags('reviews')
@Controller('reviews/:ref/actions')
export class ReviewActionsController {
  constructor(private readonly actions: ReviewActionsService) {}

  @Get()
  @Allow('reviews.read')
  @Returns(reviewActions)
  list(@Who() who: Principal, @Param({ schema: ofReview }) { ref }: { ref: string }): Promise<ReviewActions> {
    return this.actions.list(who, ref);
  }

  @Post()
  @Allow('reviews.write')
  @Returns(reviewAction, 201)
  async create(
    @Who() who: Principal,
    @Param({ schema: ofReview }) { ref }: { ref: string },
    @Body({ schema: newReviewAction }) given: NewReviewAction,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReviewAction> {
    const made = await this.actions.create(who, ref, given);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Patch(':action')
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @Returns(reviewAction)
  async change(
    @Who() who: Principal,
    @Param({ schema: ofAction }) { ref, action }: OfAction,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changedReviewAction }) given: ChangedReviewAction,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReviewAction> {
    const changed = await this.actions.change(who, ref, action, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(changed.version));
    return changed;
  }

  @Delete(':action')
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @ReturnsNothing()
  async withdraw(
    @Who() who: Principal,
    @Param({ schema: ofAction }) { ref, action }: OfAction,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.actions.withdraw(who, ref, action, matchedVersion(match));
  }
}
