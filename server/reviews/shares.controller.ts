import { Body, Controller, Delete, Get, Header, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Public, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import type { Config } from '../config.js';
import * as p from '../contract/primitives.js';
import {
  type MadeReviewShare,
  madeReviewShare,
  type NewReviewShare,
  newReviewShare,
  type OpenSharedReview,
  openSharedReview,
  type ReviewShare,
  reviewShares,
  sharedReview,
} from '../contract/review-after.js';
import { CONFIG } from '../http/config.token.js';
import { AnswerNotKept } from '../http/idempotency.interceptor.js';
import { linkCookie, networkOf } from '../http/link-cookie.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { SharedReviewService } from './shared.service.js';
import { ReviewSharesService } from './shares.service.js';

const ofReview = z.strictObject({ ref: p.ref });
const ofShare = z.strictObject({ ref: p.ref, share: p.id });

/** Somebody who reads a review has a working day until its link must be opened again; each link has its own, so that two are read side by side. */
const cookieOf = (link: string) => linkCookie(`review-${link}`, 8 * 60 * 60);

/** Links by which a published review is read without an account. */
@ApiTags('reviews')
@Controller()
export class ReviewSharesController {
  constructor(
    private readonly shares: ReviewSharesService,
    private readonly shared: SharedReviewService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('reviews/:ref/shares')
  @Allow('reviews.write')
  @Returns(reviewShares)
  async list(
    @Who() who: Principal,
    @Param({ schema: ofReview }) { ref }: { ref: string },
  ): Promise<{ items: ReviewShare[] }> {
    return { items: await this.shares.list(who, ref) };
  }

  @Post('reviews/:ref/shares')
  @Allow('reviews.write')
  @AnswerNotKept()
  @Header('Cache-Control', 'no-store')
  @Returns(madeReviewShare, 201)
  create(
    @Who() who: Principal,
    @Param({ schema: ofReview }) { ref }: { ref: string },
    @Body({ schema: newReviewShare }) given: NewReviewShare,
  ): Promise<MadeReviewShare> {
    return this.shares.create(who, ref, given);
  }

  @Delete('reviews/:ref/shares/:share')
  @Allow('reviews.write')
  @ReturnsNothing()
  revoke(
    @Who() who: Principal,
    @Param({ schema: ofShare }) { ref, share }: { ref: string; share: string },
  ): Promise<void> {
    return this.shares.revoke(who, ref, share);
  }

  /** Exchanges the token of a link for a cookie, so that it need not stay in the address, and answers the frozen document. */
  @Post('shared/reviews')
  @Public()
  @Header('X-Robots-Tag', 'noindex, nofollow')
  @ReturnsStored(sharedReview)
  async read(
    @Req() request: Request,
    @Body({ schema: openSharedReview }) { token, link, passphrase }: OpenSharedReview,
    @Res() response: Response,
  ): Promise<void> {
    // Refusals, too, are nobody's to keep.
    response.setHeader('Cache-Control', 'no-store');
    const { publicUrl } = this.config;
    const secret = token ?? (link === null ? null : cookieOf(link).tokenOf(request, publicUrl));
    const { id, body } = await this.shared.read(secret, passphrase, networkOf(request));
    cookieOf(id).remember(response, publicUrl, secret!);
    response.status(200).type('application/json').send(body);
  }
}
