/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The tiny program whose execution is measured.
 */
int
main(void)
{
	return 0;
}
