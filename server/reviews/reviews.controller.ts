import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  freezing,
  type Freezing,
  newReview,
  type NewReview,
  review,
  type Review,
  reviews,
  type Reviews,
} from '../contract/review.js';
import { changedReview, type ChangedReview } from '../contract/review-change.js';
import {
  frozenRecords,
  type FrozenRecords,
  frozenRecordsQuery,
  type FrozenRecordsQuery,
  reviewVerification,
  type ReviewVerification,
} from '../contract/review-after.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { keyOf } from '../http/idempotency.interceptor.js';
import { Problem } from '../http/problem.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { FreezingService } from './freezing.service.js';
import { FrozenRecordsService } from './records.service.js';
import { ReviewsService } from './reviews.service.js';
import { VerifyService } from './verify.service.js';

const IF_MATCH = { name: 'If-Match', required: true, description: 'The ETag of the review as you read it.' };

/** The quarterly value review. */
@ApiTags('reviews')
@Controller('reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly freezing: FreezingService,
    private readonly records: FrozenRecordsService,
    private readonly verification: VerifyService,
  ) {}

  @Get()
  @Allow('reviews.read')
  @Returns(reviews)
  async list(@Who() who: Principal): Promise<Reviews> {
    return { items: await this.reviews.list(who) };
  }

  @Post()
  @Allow('reviews.write')
  @Returns(review, 201)
  async create(
    @Who() who: Principal,
    @Body({ schema: newReview }) { period }: NewReview,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Review> {
    const made = await this.reviews.create(who, period);
    response.setHeader('Location', `/api/v1/reviews/${made.id}`);
    return stamped(response, made);
  }

  @Get(':ref')
  @Allow('reviews.read')
  @Returns(review)
  async read(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Review> {
    return stamped(response, await this.reviews.read(who, ref));
  }

  @Patch(':ref')
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @Returns(review)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changedReview }) given: ChangedReview,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Review> {
    return stamped(response, await this.reviews.change(who, ref, matchedVersion(match), given));
  }

  @Delete(':ref')
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @ReturnsNothing()
  async remove(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.reviews.remove(who, ref, matchedVersion(match));
  }

  @Post(':ref/freeze')
  @HttpCode(200)
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'Any text of yours, once for each freezing.' })
  @Returns(review)
  async freeze(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: freezing }) given: Freezing,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Review> {
    if (keyOf(request) === undefined)
      throw new Problem(400, 'malformed-request', 'Send an Idempotency-Key, so that a repeated request freezes once.');
    return stamped(response, await this.freezing.freeze(who, ref, matchedVersion(match), given));
  }

  @Post(':ref/publish')
  @HttpCode(200)
  @Allow('reviews.write')
  @ApiHeader(IF_MATCH)
  @Returns(review)
  async publish(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Review> {
    return stamped(response, await this.reviews.publish(who, ref, matchedVersion(match)));
  }

  /** The records behind a figure of a frozen review, as they were. */
  @Get(':ref/records')
  @Allow('reviews.read')
  @Returns(frozenRecords)
  async frozenRecords(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: frozenRecordsQuery }) query: FrozenRecordsQuery,
  ): Promise<FrozenRecords> {
    return this.records.page(who, ref, query);
  }

  /** Whether the review is what was frozen. */
  @Get(':ref/verify')
  @Allow('reviews.read')
  @Returns(reviewVerification)
  async verify(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<ReviewVerification> {
    const { id } = await this.reviews.found(who, ref);
    return this.verification.verify(id);
  }
}

const stamped = (response: Response, made: Review): Review => {
  response.setHeader('ETag', etagOf(made.version));
  return made;
};
