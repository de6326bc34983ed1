import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { reviewStandingQuery, type ReviewStandingQuery, reviewStandings } from '../contract/review-standing.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { StandingService } from './standing.service.js';

/** Whether what was published or frozen is still true. Registered before the routes of one review, whose reference may be any word. */
@ApiTags('reviews')
@Controller('reviews/standing')
export class StandingController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly standing: StandingService,
  ) {}

  /** The newest reviews that were published or frozen, each with the figures of its headline that are different today. */
  @Get()
  @Allow('reviews.read')
  @ReturnsStored(reviewStandings)
  async read(
    @Who() who: Principal,
    @Query({ schema: reviewStandingQuery }) query: ReviewStandingQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'reviews/standing', { ...query }, (manager, reading) =>
      this.standing.standings(manager, reading, who, query),
    );
  }
}
