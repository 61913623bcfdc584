/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Fields of an inode that its structure on the disk spreads or hides.
 */
#include "fs/ext2/inode.h"

#include "fs/ext2/volume.h"

int64_t
inode_size(const struct inode *ip)
{
	uint64_t size = ip->d.size;

	if (fs.large && (ip->d.mode & S_IFMT) == S_IFREG)
		size |= (uint64_t)(ip->d.size_high & 0x7fffffff) << 32;
	return (int64_t)size;
}

void
inode_size_set(struct inode *ip, int64_t size)
{
	ip->d.size = (uint32_t)size;
	if ((ip->d.mode & S_IFMT) == S_IFREG)
		ip->d.size_high = 0;
	ip->dirty = true;
}

uint32_t
inode_uid(const struct inode *ip)
{
	return ip->d.uid | (uint32_t)ip->d.uid_high << 16;
}

uint32_t
inode_gid(const struct inode *ip)
{
	return ip->d.gid | (uint32_t)ip->d.gid_high << 16;
}

void
inode_owner_set(struct inode *ip, uint32_t uid, uint32_t gid)
{
	ip->d.uid = (uint16_t)uid;
	ip->d.uid_high = (uint16_t)(uid >> 16);
	ip->d.gid = (uint16_t)gid;
	ip->d.gid_high = (uint16_t)(gid >> 16);
}

uint32_t
inode_rdev(const struct inode *ip)
{
	uint32_t type = ip->d.mode & S_IFMT;

	return type == S_IFCHR || type == S_IFBLK ? ip->d.block[0] : 0;
}

bool
inode_is_fast_symlink(const struct inode *ip)
{
	uint32_t xattr = ip->d.file_acl != 0 ? fs.block_size / 512 : 0;

	return (ip->d.mode & S_IFMT) == S_IFLNK && ip->d.blocks == xattr;
}

void
inode_describe(const struct inode *ip, struct fs_node *node)
{
	*node = (struct fs_node){
		.ino = ip->ino,
		.mode = ip->d.mode,
		.uid = inode_uid(ip),
		.gid = inode_gid(ip),
		.rdev = inode_rdev(ip),
		.nlink = ip->d.links,
		.generation = ip->d.generation,
		.size = inode_size(ip),
	};
}
